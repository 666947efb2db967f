package org.rnn4j.training.data;

import java.util.Arrays;

/**
 * One window of token ids and the ids that follow them.
 *
 * <p>This is the seam to the tensor types: {@code inputs} and {@code targets} become {@code Ids} of shape (N,T), {@code
 * lengths} the rows' {@code Lengths}, and {@code resets} says whose carried state does not apply.
 *
 * @param inputs (N,T), the ids that the model reads
 * @param targets (N,T), the ids that it should predict, position by position
 * @param lengths (N), how many positions of each row are valid; the others hold padding
 * @param resets (N), true where a row begins a new sequence with this window, so that its state begins at zero
 */
public record IdBatch(int[][] inputs, int[][] targets, int[] lengths, boolean[] resets) {

    public IdBatch {
        if (targets.length != inputs.length || lengths.length != inputs.length || resets.length != inputs.length) {
            throw new IllegalArgumentException("batch of " + inputs.length + " input rows, " + targets.length
                    + " target rows, " + lengths.length + " lengths and " + resets.length
                    + " resets: expected the same number of each");
        }
        for (int n = 0; n < inputs.length; n++) {
            if (inputs[n].length != inputs[0].length || targets[n].length != inputs[0].length) {
                throw new IllegalArgumentException("batch row " + n + ": " + inputs[n].length + " inputs and "
                        + targets[n].length + " targets, expected " + inputs[0].length + " of each, as in row 0");
            }
            if (lengths[n] < 0 || lengths[n] > inputs[n].length) {
                throw new IllegalArgumentException(
                        "batch row " + n + ": length " + lengths[n] + " in a window of " + inputs[n].length + " steps");
            }
        }
    }

    /** Joins padded inputs and their padded targets; every row is a sequence of its own. */
    public static IdBatch of(PaddedIds inputs, PaddedIds targets) {
        if (!Arrays.equals(inputs.lengths(), targets.lengths())) {
            throw new IllegalArgumentException("inputs of lengths " + Arrays.toString(inputs.lengths())
                    + " and targets of lengths " + Arrays.toString(targets.lengths())
                    + ": expected the same length in each row");
        }
        boolean[] resets = new boolean[inputs.lengths().length];
        Arrays.fill(resets, true);
        return new IdBatch(inputs.ids(), targets.ids(), inputs.lengths(), resets);
    }

    /** Returns the number of rows, N. */
    public int rows() {
        return inputs.length;
    }

    /** Returns the number of time steps, T. */
    public int steps() {
        return inputs.length == 0 ? 0 : inputs[0].length;
    }

    /** Returns the number of valid positions, by which a mean over this batch is weighted. */
    public long positions() {
        long sum = 0;
        for (int length : lengths) {
            sum += length;
        }
        return sum;
    }
}
