package org.rnn4j.api;

/**
 * One named array of a recurrent state, as its cell declares it.
 *
 * @param name such as {@code h} or {@code c}; without {@code /} and {@code .}, which separate names in a saved state: {@code lstm/h}
 * @param row the shape of one batch row: {@code (H)}; a whole part is then {@code (N,H)}
 */
public record StatePart(String name, Shape row) {
    /** Checks the name. */
    public StatePart {
        if (name == null || name.isEmpty() || name.contains("/") || name.contains(".")) {
            throw new IllegalArgumentException("a state part is named " + (name == null ? "null" : '"' + name + '"')
                    + ", expected a name without / and .");
        }
        if (row == null) {
            throw new IllegalArgumentException("state part " + name + ": expected the shape of a row, got null");
        }
    }

    /** A part whose rows have this shape. */
    public static StatePart of(String name, int... row) {
        return new StatePart(name, Shape.of(row));
    }
}
