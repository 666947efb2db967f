package org.rnn4j.api;

import java.util.Arrays;

/**
 * Where in the rows of a window sequences begin and end. Immutable.
 *
 * <pre>
 * row 0   ■ ■ ■ ■ ■      Spans.of(5, 3)                     ends: of row 1 three steps are valid, the rest is padding
 * row 1   ■ ■|■ · ·      .beginning({}, {false,false,true}) a new sequence begins at step 2 of row 1
 * </pre>
 *
 * <p>A layer that works over time ignores padding: its state does not change, its output is zero, and no gradient flows. Where a new sequence begins,
 * the state of the row starts from zeros, and no gradient crosses.
 */
public final class Spans {
    private static final boolean[][] NONE = {};
    private static final Spans FULL = new Spans(null, NONE);

    /** How many steps of each row are valid; null where all are. */
    private final int[] ends;
    /** By row and step; what is missing is false. */
    private final boolean[][] begins;

    private Spans(int[] ends, boolean[]... begins) {
        this.ends = ends;
        this.begins = begins;
    }

    /** Every step of every row is valid, and no sequence begins inside the window. */
    public static Spans full() {
        return FULL;
    }

    /** Row n is valid for steps 0 to {@code lengths[n] - 1}, and no sequence begins inside the window; copied. */
    public static Spans of(int... lengths) {
        for (int n = 0; n < lengths.length; n++) {
            if (lengths[n] < 0) {
                throw new IllegalArgumentException("length of row " + n + " is " + lengths[n] + ", expected 0 or more");
            }
        }
        return new Spans(lengths.clone(), NONE);
    }

    /** These ends, and a new sequence in row n at step t where {@code begins[n][t]}, nowhere else; copied. */
    public Spans beginning(boolean[]... where) {
        boolean[][] copy = new boolean[where.length][];
        for (int n = 0; n < where.length; n++) {
            copy[n] = where[n].clone();
        }
        return new Spans(ends, copy);
    }

    /** These ends, and a new sequence at step 0 of the rows of which {@code rows} is true, nowhere else. */
    public Spans beginningAtStart(boolean... rows) {
        boolean[][] atStart = new boolean[rows.length][];
        for (int n = 0; n < rows.length; n++) {
            atStart[n] = new boolean[] {rows[n]};
        }
        return new Spans(ends, atStart);
    }

    // Where they end.

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

    // Where they begin.

    /** Whether a new sequence begins at step {@code t} of row {@code n}. */
    public boolean begins(int n, int t) {
        return n < begins.length && t < begins[n].length && begins[n][t];
    }

    /** Whether a new sequence begins at step {@code t} of any row. */
    public boolean anyBeginsAt(int t) {
        for (int n = 0; n < begins.length; n++) {
            if (begins(n, t)) {
                return true;
            }
        }
        return false;
    }

    /** For each of {@code rows} rows, whether its sequence goes on at step {@code t}: false where a new one begins. */
    public boolean[] goesOnAt(int t, int rows) {
        boolean[] goesOn = new boolean[rows];
        for (int n = 0; n < rows; n++) {
            goesOn[n] = !begins(n, t);
        }
        return goesOn;
    }

    /**
     * Checks that these spans fit a window, and returns them.
     *
     * @throws IllegalArgumentException naming the first row that does not fit
     */
    public Spans within(int rows, int steps) {
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
        if (begins.length > rows) {
            throw new IllegalArgumentException(
                    "resets of " + begins.length + " rows for a window of " + rows + " rows");
        }
        for (int n = 0; n < begins.length; n++) {
            if (begins[n].length > steps) {
                throw new IllegalArgumentException(
                        "resets of row " + n + " name " + begins[n].length + " steps, but the window has " + steps);
            }
        }
        return this;
    }

    /** The lengths of the rows, {@code full} where none were given, and then where sequences begin, if any do. */
    @Override
    public String toString() {
        String ending = ends == null ? "full" : Arrays.toString(ends);
        return begins.length == 0 ? ending : ending + " beginning " + Arrays.deepToString(begins);
    }
}
