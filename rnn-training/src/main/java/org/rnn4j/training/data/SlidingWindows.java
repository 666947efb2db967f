package org.rnn4j.training.data;

import java.util.Arrays;

/**
 * The windows of one part of a numeric series: W values in, the H values after them to be predicted.
 *
 * <p>Window i begins at {@code s = part.from + i*stride}; its inputs are the positions {@code s .. s+W-1} and its targets
 * {@code s+W .. s+W+H-1}. Inputs and targets lie inside the part, so windows over the training and the validation part of
 * a {@link Split} share no value: nothing leaks, at the price that the first W values of a part are never targets. Scale
 * with the mean and deviation of the training part alone, or the scale leaks.
 *
 * @param part the positions of the series that may be used
 * @param length W, the number of input values, 1 or more
 * @param horizon H, the number of values to predict, 1 or more
 * @param stride how far the next window begins after this one, 1 or more
 */
public record SlidingWindows(Span part, int length, int horizon, int stride) {

    public SlidingWindows {
        if (length < 1 || horizon < 1 || stride < 1) {
            throw new IllegalArgumentException("windows of length " + length + ", horizon " + horizon + ", stride "
                    + stride + ": expected at least 1 of each");
        }
        long minimum = (long) length + horizon;
        if (part.length() < minimum) {
            throw new IllegalArgumentException(
                    "series part [" + part.from() + ", " + part.to() + ") of " + part.length()
                            + " values is shorter than one window of length " + length + " and horizon " + horizon
                            + ": expected at least " + minimum + " values");
        }
    }

    /** Returns how many windows there are. */
    public int count() {
        return (part.length() - length - horizon) / stride + 1;
    }

    /** Returns the positions of a window's inputs. */
    public Span inputs(int window) {
        int start = start(window);
        return new Span(start, start + length);
    }

    /** Returns the positions of a window's targets, which follow its inputs. */
    public Span targets(int window) {
        int start = start(window) + length;
        return new Span(start, start + horizon);
    }

    /**
     * Copies some windows out of a series.
     *
     * @param series the whole series, of which {@link #part} is a part; not modified
     * @param windows the windows to take, in row order, for example a piece of {@link Shuffle#permutation}; not modified
     */
    public SeriesBatch batch(double[] series, int... windows) {
        if (series.length < part.to()) {
            throw new IllegalArgumentException(
                    "series of " + series.length + " values: expected at least " + part.to() + ", the end of the part");
        }
        double[][] inputs = new double[windows.length][];
        double[][] targets = new double[windows.length][];
        for (int n = 0; n < windows.length; n++) {
            Span in = inputs(windows[n]);
            Span out = targets(windows[n]);
            inputs[n] = Arrays.copyOfRange(series, in.from(), in.to());
            targets[n] = Arrays.copyOfRange(series, out.from(), out.to());
        }
        return new SeriesBatch(inputs, targets);
    }

    private int start(int window) {
        if (window < 0 || window >= count()) {
            throw new IllegalArgumentException("window " + window + ": expected 0 to " + (count() - 1));
        }
        return part.from() + window * stride;
    }
}
