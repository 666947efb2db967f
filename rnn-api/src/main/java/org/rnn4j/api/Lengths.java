package org.rnn4j.api;

import java.util.Arrays;

/**
 * How many steps of each row of a window are valid; the rest is padding. Immutable.
 *
 * <p>A layer that works over time leaves padding out: its state stays as it was, its output is zero, and no gradient flows.
 */
public final class Lengths {
    private static final Lengths FULL = new Lengths(null);

    private final int[] ends;

    private Lengths(int[] ends) {
        this.ends = ends;
    }

    /** Every step of every row is valid. */
    public static Lengths full() {
        return FULL;
    }

    /** Row n is valid for steps 0 to {@code lengths[n] - 1}; copied. */
    public static Lengths of(int... lengths) {
        for (int n = 0; n < lengths.length; n++) {
            if (lengths[n] < 0) {
                throw new IllegalArgumentException("length of row " + n + " is " + lengths[n] + ", expected 0 or more");
            }
        }
        return new Lengths(lengths.clone());
    }

    /** Whether every step of every row is valid because no lengths were given. */
    public boolean isFull() {
        return ends == null;
    }

    /** Whether step {@code t} of row {@code n} is valid. */
    public boolean valid(int n, int t) {
        return ends == null || t < ends[n];
    }

    /** Whether step {@code t} is valid in every row. */
    public boolean allValidAt(int t) {
        if (ends != null) {
            for (int end : ends) {
                if (t >= end) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether step {@code t} is valid, for each row; only where {@link #isFull} is false. */
    public boolean[] validAt(int t) {
        boolean[] valid = new boolean[ends.length];
        for (int n = 0; n < valid.length; n++) {
            valid[n] = t < ends[n];
        }
        return valid;
    }

    /** Whether each of the N·T steps of a window is valid, row after row: the flags of {@link Tensor#where} for {@code (N,T,D)}. */
    public boolean[] mask(int rows, int steps) {
        boolean[] valid = new boolean[rows * steps];
        for (int n = 0; n < rows; n++) {
            Arrays.fill(valid, n * steps, n * steps + Math.min(steps, validSteps(n, steps)), true);
        }
        return valid;
    }

    /** How many of the first {@code steps} steps of row {@code n} are valid. */
    public int validSteps(int n, int steps) {
        return ends == null ? steps : ends[n];
    }

    /** How many steps of {@code rows} rows of {@code steps} steps are valid. */
    public long positions(int rows, int steps) {
        long positions = 0;
        for (int n = 0; n < rows; n++) {
            positions += validSteps(n, steps);
        }
        return positions;
    }

    /**
     * These lengths, known to fit a window.
     *
     * @throws IllegalArgumentException naming the first row that does not fit
     */
    public Lengths within(int rows, int steps) {
        if (ends != null) {
            if (ends.length != rows) {
                throw new IllegalArgumentException(
                        "lengths of " + ends.length + " rows for a window of " + rows + " rows");
            }
            for (int n = 0; n < rows; n++) {
                if (ends[n] > steps) {
                    throw new IllegalArgumentException(
                            "length of row " + n + " is " + ends[n] + ", but the window has " + steps + " steps");
                }
            }
        }
        return this;
    }

    @Override
    public String toString() {
        return ends == null ? "full" : Arrays.toString(ends);
    }
}
