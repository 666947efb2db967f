package org.rnn4j.core.linear;

import org.ejml.data.DMatrixRMaj;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.tensor.FloatTensor;

/** Converts tensors to matrices in float64, and back. */
final class MatrixConversion {
    private MatrixConversion() {}

    /**
     * A copy of a tensor as the matrix of its rows.
     *
     * @param what begins the messages: {@code solve: a}
     */
    static DMatrixRMaj matrix(String what, Tensor tensor) {
        FloatTensor floats = FloatTensor.of(tensor);
        Shape shape = floats.shape();
        if (shape.rank() < 2 || shape.size() == 0) {
            throw new IllegalArgumentException(
                    what + " is " + shape + ", expected a matrix with at least one row and one column");
        }
        if (floats.needsGradient()) {
            throw new IllegalArgumentException(
                    what + shape + " needs a gradient, and none flows through: give its detach()");
        }
        double[] numbers = floats.toDoubles();
        for (int i = 0; i < numbers.length; i++) {
            if (!Double.isFinite(numbers[i])) {
                throw new IllegalArgumentException(what + shape + " has " + numbers[i] + " in row "
                        + i / shape.columns() + ", column " + i % shape.columns() + ", expected finite numbers");
            }
        }
        return DMatrixRMaj.wrap(shape.rows(), shape.columns(), numbers);
    }

    /** A constant with the numbers of a matrix, each rounded to float32. */
    static Tensor rounded(String what, DMatrixRMaj matrix) {
        float[] numbers = new float[matrix.numRows * matrix.numCols];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) matrix.data[i];
            if (!Float.isFinite(numbers[i])) {
                throw new ArithmeticException(what + ": the solution has " + matrix.data[i] + " in row "
                        + i / matrix.numCols + ", column " + i % matrix.numCols + ", which float32 does not hold");
            }
        }
        return FloatTensor.wrap(Shape.of(matrix.numRows, matrix.numCols), numbers);
    }
}
