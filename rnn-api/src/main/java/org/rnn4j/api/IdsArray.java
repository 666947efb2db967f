package org.rnn4j.api;

import java.util.Arrays;

/** {@link Ids} in an array that does not change. */
final class IdsArray implements Ids {
    private final Shape shape;
    private final int[] values;

    IdsArray(Shape shape, int... values) {
        this.shape = shape;
        this.values = values;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public int at(int position) {
        return values[position];
    }

    @Override
    public int[] toArray() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ids ids && shape.equals(ids.shape()) && Arrays.equals(values, ids.toArray());
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Ids" + shape;
    }
}
