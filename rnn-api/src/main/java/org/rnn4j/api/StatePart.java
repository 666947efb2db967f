package org.rnn4j.api;

/**
 * One named array of a recurrent state, as its cell declares it.
 *
 * @param name such as {@code h} or {@code c}
 * @param row the shape of one batch row: {@code (H)}; a whole part is then {@code (N,H)}
 */
public record StatePart(String name, Shape row) {
    /** A part whose rows have this shape. */
    public static StatePart of(String name, int... row) {
        return new StatePart(name, Shape.of(row));
    }
}
