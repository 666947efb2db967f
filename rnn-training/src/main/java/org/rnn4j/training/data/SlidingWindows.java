package org.rnn4j.training.data;

import org.rnn4j.api.Draws;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Spec;
import org.rnn4j.core.Tensors;
import org.rnn4j.training.Batch;
import org.rnn4j.training.Batches;

/**
 * Batches of windows of a numeric series, in an order that is shuffled every epoch.
 *
 * <p>Window i begins at {@code s = part.from + i*stride}. At each of its T steps the input is one value and the target is the H values that follow
 * it: {@code x[t] = series[s+t]}, {@code target[t] = series[s+t+1 .. s+t+H]}; with H = 1, the next one. So a batch is {@code (N,T,1)} with targets
 * {@code (N,T,H)}, and every window begins a new sequence. Inputs and targets lie inside the part, so that windows of the training and the validation
 * part of a {@link Split} share no value. If N does not divide the number of windows, the last batch of an epoch has fewer rows.
 *
 * <p>A batch is a function of (seed, number). The series is kept without a copy; thread-safe.
 */
public final class SlidingWindows implements Batches {
    private final double[] series;
    private final Span part;
    private final Cut cut;
    private final long seed;
    /** Only a cache. */
    private volatile Epoch latest;

    /**
     * How a series is split into windows.
     *
     * @param rows N, how many windows are in a batch, 1 or more
     * @param steps T, how many values a window gives, 1 or more
     * @param horizon H, how many values are to be predicted at each step, 1 or more
     * @param stride the distance between the starts of two windows, 1 or more
     */
    public record Cut(int rows, int steps, int horizon, int stride) {
        /** Checks the ranges. */
        public Cut {
            Spec.atLeast(1, "rows", rows);
            Spec.atLeast(1, "steps", steps);
            Spec.atLeast(1, "horizon", horizon);
            Spec.atLeast(1, "stride", stride);
        }
    }

    private record Epoch(long number, int[] order) {}

    /**
     * Windows of a part of a series.
     *
     * @param series the whole series; not modified, not copied
     * @param part the positions that may be used
     * @param seed what the order depends on, together with the epoch
     * @throws IllegalArgumentException if no window fits
     */
    public SlidingWindows(double[] series, Span part, Cut cut, long seed) {
        long minimum = (long) cut.steps() + cut.horizon();
        if (part.to() > series.length || part.length() < minimum) {
            throw new IllegalArgumentException("series part [" + part.from() + ", " + part.to() + ") of "
                    + series.length + " values: expected at least one window of " + minimum + " values (" + cut.steps()
                    + " steps and a horizon of " + cut.horizon() + ") in it");
        }
        this.series = series;
        this.part = part;
        this.cut = cut;
        this.seed = seed;
    }

    /** The number of windows. */
    public int count() {
        return (part.length() - cut.steps() - cut.horizon()) / cut.stride() + 1;
    }

    @Override
    public long perEpoch() {
        return (count() + (long) cut.rows() - 1) / cut.rows();
    }

    @Override
    public Batch batch(long number) {
        if (number < 0) {
            throw new IllegalArgumentException("batch " + number + ": expected 0 or more");
        }
        int[] order = order(number / perEpoch());
        int from = (int) (number % perEpoch()) * cut.rows();
        int rows = Math.min(cut.rows(), order.length - from);
        int[] starts = new int[rows];
        boolean[] resets = new boolean[rows];
        for (int n = 0; n < rows; n++) {
            starts[n] = part.from() + order[from + n] * cut.stride();
            resets[n] = true;
        }
        return batch(series, starts, cut.steps(), cut.horizon())
                .with(Spans.full().beginningAtStart(resets));
    }

    private int[] order(long number) {
        Epoch epoch = latest;
        if (epoch == null || epoch.number != number) {
            epoch = new Epoch(
                    number, Shuffle.permutation(Draws.of(seed).at("windows").at(number), count()));
            latest = epoch;
        }
        return epoch.order;
    }

    /** One row of T values and their following H for each start. */
    static Batch batch(double[] series, int[] starts, int steps, int horizon) {
        float[] inputs = new float[starts.length * steps];
        float[] targets = new float[starts.length * steps * horizon];
        for (int n = 0; n < starts.length; n++) {
            for (int t = 0; t < steps; t++) {
                int position = starts[n] + t;
                inputs[n * steps + t] = (float) series[position];
                for (int h = 0; h < horizon; h++) {
                    targets[(n * steps + t) * horizon + h] = (float) series[position + 1 + h];
                }
            }
        }
        return Batch.of(
                Tensors.of(Shape.of(starts.length, steps, 1), inputs),
                Tensors.of(Shape.of(starts.length, steps, horizon), targets));
    }
}
