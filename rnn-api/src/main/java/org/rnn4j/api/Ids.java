package org.rnn4j.api;

import java.util.Arrays;
import java.util.Optional;

/**
 * Token ids of shape {@code (N,T)}: integers without arithmetic and without a gradient.
 *
 * <p>Immutable. A label that a loss shall skip is written as a negative id, by custom {@value #IGNORED}.
 */
public final class Ids implements Value {
    /** The id that stands for "no label here". */
    public static final int IGNORED = -1;

    private final Shape shape;
    private final int[] values;
    /** Null where nobody watches. */
    private final Runnable watcher;

    private Ids(Shape shape, int[] values, Runnable watcher) {
        this.shape = shape;
        this.values = values;
        this.watcher = watcher;
    }

    /**
     * Ids of N rows of T steps.
     *
     * @param rows {@code rows[n][t]}; all rows have the same length; copied
     */
    public static Ids of(int[]... rows) {
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
        return new Ids(shape, values, null);
    }

    /**
     * Ids of any shape from a flat, row-major array.
     *
     * @param values copied
     */
    public static Ids of(Shape shape, int... values) {
        if (shape.size() != values.length) {
            throw new IllegalArgumentException(
                    "ids of shape " + shape + " need " + shape.size() + " values, got " + values.length);
        }
        return new Ids(shape, values.clone(), null);
    }

    /**
     * The same ids, with a watcher that is called whenever one of them is read. By it a session sees that a layer looks at ids itself,
     * instead of handing them to {@link Tensor#lookup}, and so may do something else for others.
     */
    public Ids watched(Runnable newWatcher) {
        return new Ids(shape, values, newWatcher);
    }

    /** Whom {@link #watched} named. */
    public Optional<Runnable> watcher() {
        return Optional.ofNullable(watcher);
    }

    private int[] read() {
        if (watcher != null) {
            watcher.run();
        }
        return values;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    /** The id of row {@code n} at step {@code t}; the shape must be {@code (N,T)}. */
    public int at(int n, int t) {
        return read()[n * shape.columns() + t];
    }

    /** The id at a position of the flat, row-major array. */
    public int at(int position) {
        return read()[position];
    }

    /** A copy of all ids, row-major. */
    public int[] toArray() {
        return read().clone();
    }

    /**
     * These ids, all of them known to be at least 0 and below {@code limit}.
     *
     * @param what what the ids count, for the message: "vocabulary"
     * @throws IllegalArgumentException naming the first id outside, with its row and step
     */
    public Ids below(int limit, String what) {
        int[] ids = read();
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] < 0 || ids[i] >= limit) {
                int columns = shape.columns();
                throw new IllegalArgumentException("id " + ids[i] + " at row " + i / columns + ", step " + i % columns
                        + " is outside the " + what + " of " + limit + " (0 to " + (limit - 1) + ")");
            }
        }
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ids ids && shape.equals(ids.shape) && Arrays.equals(read(), ids.read());
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(read());
    }

    @Override
    public String toString() {
        return "Ids" + shape;
    }
}
