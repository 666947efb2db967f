package org.rnn4j.api;

/**
 * Token ids of shape {@code (N,T)}: integers without arithmetic and without a gradient.
 *
 * <p>Immutable; two are equal if their shapes and ids are. A negative id, by convention {@value #IGNORED}, is a label that a loss skips.
 *
 * <p>A layer that passes ids to {@link Tensor#lookup}, or to an {@link org.rnn4j.api.op.IdsOp}, runs the same ops for any ids. A layer that reads ids
 * itself might not, so a session runs such a layer in every step instead of replaying a recorded step.
 */
public non-sealed interface Ids extends Value {
    /** The id that means "no label here". */
    int IGNORED = -1;

    /**
     * Ids of N rows of T steps.
     *
     * @param rows {@code rows[n][t]}; all rows have the same length; copied
     */
    static Ids of(int[]... rows) {
        int steps = rows.length == 0 ? 0 : rows[0].length;
        Shape shape = Shape.of(rows.length, steps);
        int[] values = new int[shape.size()];
        for (int n = 0; n < rows.length; n++) {
            if (rows[n].length != steps) {
                throw new IllegalArgumentException(
                        "ids: row " + n + " has " + rows[n].length + " steps, row 0 has " + steps + ": pad the rows");
            }
            System.arraycopy(rows[n], 0, values, n * steps, steps);
        }
        return new IdsArray(shape, values);
    }

    /**
     * Ids of any shape from a flat, row-major array.
     *
     * @param values copied
     */
    static Ids of(Shape shape, int... values) {
        if (shape.size() != values.length) {
            throw new IllegalArgumentException(
                    "ids of shape " + shape + " need " + shape.size() + " values, got " + values.length);
        }
        return new IdsArray(shape, values.clone());
    }

    /** The id at a position of the flat, row-major array. */
    int at(int position);

    /** The id of row {@code n} at step {@code t}; the shape must be {@code (N,T)}. */
    default int at(int n, int t) {
        return at(n * shape().columns() + t);
    }

    /** A copy of all ids, row-major. */
    int[] toArray();

    /**
     * Checks that all ids are at least 0 and below {@code limit}, and returns these ids.
     *
     * @param what what the ids count, for the message: "vocabulary"
     * @throws IllegalArgumentException naming the first id outside, with its row and step
     */
    default Ids below(int limit, String what) {
        for (int i = 0; i < shape().size(); i++) {
            int id = at(i);
            if (id < 0 || id >= limit) {
                int columns = shape().columns();
                throw new IllegalArgumentException("id " + id + " at row " + i / columns + ", step " + i % columns
                        + " is outside the " + what + " of " + limit + " (0 to " + (limit - 1) + ")");
            }
        }
        return this;
    }
}
