package org.rnn4j.testkit;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Functions of one number, applied to every element: {@code y = f(x)} and {@code dx += dy * f'(x)}. */
final class Pointwise {
    private Pointwise() {}

    /** The function, and its derivative from {@code x} and {@code y}. */
    static DoubleTensor of(
            String name, DoubleTensor input, DoubleUnaryOperator function, DoubleBinaryOperator derivative) {
        double[] x = input.array();
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = function.applyAsDouble(x[i]);
        }
        GraphNode.Gradient gradient = (dy, dIn) -> {
            for (int i = 0; i < dy.length; i++) {
                dIn[0][i] += dy[i] * derivative.applyAsDouble(x[i], y[i]);
            }
        };
        return DoubleTensor.result(input.shape(), y, GraphNode.of(name, gradient, input));
    }

    static double sigmoid(double x) {
        return 1 / (1 + StrictMath.exp(-x));
    }

    static double softplus(double x) {
        return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    }
}
