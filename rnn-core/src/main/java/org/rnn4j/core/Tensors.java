package org.rnn4j.core;

import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.tensor.FloatTensor;
import org.rnn4j.core.tensor.NonFinite;

/** Makes float32 tensors, {@code Tensors.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6)}, and looks at their numbers. */
public final class Tensors {
    private Tensors() {}

    /**
     * A constant.
     *
     * @param values row-major; copied
     */
    public static Tensor of(Shape shape, float... values) {
        return FloatTensor.wrap(shape, values.clone());
    }

    /** A constant of N rows of D numbers; copied. */
    public static Tensor of(float[]... rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        Shape shape = Shape.of(rows.length, columns);
        float[] values = new float[shape.size()];
        for (int n = 0; n < rows.length; n++) {
            if (rows[n].length != columns) {
                throw new IllegalArgumentException(
                        "row " + n + " has " + rows[n].length + " numbers, row 0 has " + columns);
            }
            System.arraycopy(rows[n], 0, values, n * columns, columns);
        }
        return FloatTensor.wrap(shape, values);
    }

    /** A constant of zeros. */
    public static Tensor zeros(Shape shape) {
        return FloatTensor.wrap(shape, new float[shape.size()]);
    }

    /**
     * A tensor whose gradient {@link Gradients} can return.
     *
     * @param values row-major; copied
     */
    public static Tensor variable(Shape shape, float... values) {
        return FloatTensor.variable(shape, values.clone());
    }

    /** The position of the first number that is NaN or infinite, or -1 if there is none. Cost: one pass at the speed of memory. */
    public static int firstNonFinite(float... numbers) {
        return NonFinite.first(numbers, numbers.length);
    }
}
