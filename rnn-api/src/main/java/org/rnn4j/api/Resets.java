package org.rnn4j.api;

/**
 * The steps inside a window at which a new sequence begins, so that a row's state starts from zeros there. Immutable.
 *
 * <p>The gradient does not cross a reset either.
 */
public final class Resets {
    private static final Resets NONE = new Resets(new boolean[0][]);

    private final boolean[][] begins;

    private Resets(boolean[][] begins) {
        this.begins = begins;
    }

    /** No row begins anew. */
    public static Resets none() {
        return NONE;
    }

    /** Row n begins anew at step t where {@code begins[n][t]}; copied. */
    public static Resets of(boolean[]... begins) {
        boolean[][] copy = new boolean[begins.length][];
        for (int n = 0; n < begins.length; n++) {
            copy[n] = begins[n].clone();
        }
        return new Resets(copy);
    }

    /** The rows of which {@code rows} is true begin anew at step 0. */
    public static Resets atStart(boolean... rows) {
        boolean[][] begins = new boolean[rows.length][];
        for (int n = 0; n < rows.length; n++) {
            begins[n] = new boolean[] {rows[n]};
        }
        return new Resets(begins);
    }

    /** Whether row {@code n} begins anew at step {@code t}. */
    public boolean at(int n, int t) {
        return n < begins.length && t < begins[n].length && begins[n][t];
    }

    /** Whether any row begins anew at step {@code t}. */
    public boolean anyAt(int t) {
        for (int n = 0; n < begins.length; n++) {
            if (at(n, t)) {
                return true;
            }
        }
        return false;
    }

    /** For each of {@code rows} rows, whether its sequence goes on at step {@code t}: false where it begins anew. */
    public boolean[] goesOnAt(int t, int rows) {
        boolean[] goesOn = new boolean[rows];
        for (int n = 0; n < rows; n++) {
            goesOn[n] = !at(n, t);
        }
        return goesOn;
    }

    /**
     * These resets, known to fit a window.
     *
     * @throws IllegalArgumentException where there are more rows or steps than the window has
     */
    public Resets within(int rows, int steps) {
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
}
