package org.rnn4j.testkit;

import org.rnn4j.api.Shape;

/** Sums, and what is made of them. */
final class Reductions {
    private Reductions() {}

    /** {@code y = Σ x}. */
    static DoubleTensor sum(DoubleTensor input) {
        double sum = 0;
        for (double x : input.array()) {
            sum += x;
        }
        GraphNode.Gradient gradient = (dy, dIn) -> {
            for (int i = 0; i < dIn[0].length; i++) {
                dIn[0][i] += dy[0];
            }
        };
        return DoubleTensor.result(Shape.of(), new double[] {sum}, GraphNode.of("sum", gradient, input));
    }

    /** {@code y_r = Σ_c x_rc}. */
    static DoubleTensor sumColumns(DoubleTensor input) {
        Shape shape = input.shape().withColumns(1);
        int columns = input.shape().columns();
        double[] x = input.array();
        double[] y = new double[shape.size()];
        for (int i = 0; i < x.length; i++) {
            y[i / columns] += x[i];
        }
        GraphNode.Gradient gradient = (dy, dIn) -> {
            for (int i = 0; i < dIn[0].length; i++) {
                dIn[0][i] += dy[i / columns];
            }
        };
        return DoubleTensor.result(shape, y, GraphNode.of("sum_columns", gradient, input));
    }

    /** {@code y_rc = x_rc - log Σ_j e^x_rj}, so {@code dx_rc += dy_rc - e^y_rc Σ_j dy_rj}. */
    static DoubleTensor logSoftmax(DoubleTensor input) {
        int columns = input.shape().columns();
        int rows = input.shape().rows();
        double[] x = input.array();
        double[] y = new double[x.length];
        for (int r = 0; r < rows; r++) {
            int from = r * columns;
            double max = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < columns; c++) {
                max = Math.max(max, x[from + c]);
            }
            double sum = 0;
            for (int c = 0; c < columns; c++) {
                sum += StrictMath.exp(x[from + c] - max);
            }
            for (int c = 0; c < columns; c++) {
                y[from + c] = x[from + c] - max - StrictMath.log(sum);
            }
        }
        GraphNode.Gradient gradient = (dy, dIn) -> {
            for (int r = 0; r < rows; r++) {
                int from = r * columns;
                double sum = 0;
                for (int c = 0; c < columns; c++) {
                    sum += dy[from + c];
                }
                for (int c = 0; c < columns; c++) {
                    dIn[0][from + c] += dy[from + c] - StrictMath.exp(y[from + c]) * sum;
                }
            }
        };
        return DoubleTensor.result(input.shape(), y, GraphNode.of("log_softmax", gradient, input));
    }
}
