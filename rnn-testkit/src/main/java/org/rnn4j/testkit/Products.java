package org.rnn4j.testkit;

import org.rnn4j.api.Shape;

/** Matrix products. Sums run over the inner dimension in order, so a row is the same bits whatever the number of rows. */
final class Products {
    private Products() {}

    /** {@code y = x·W}: {@code dx += dy·Wᵀ, dW += xᵀ·dy}. */
    static DoubleTensor matmul(DoubleTensor input, DoubleTensor matrix) {
        Shape w = matrix.shape();
        int inner = inner(input.shape(), w, -2, "");
        return product("matmul", input, matrix, new Strides(inner, w.dim(-1), w.dim(-1), 1));
    }

    /** {@code y = x·Wᵀ}: {@code dx += dy·W, dW += dyᵀ·x}. */
    static DoubleTensor matmulTransposed(DoubleTensor input, DoubleTensor matrix) {
        Shape w = matrix.shape();
        int inner = inner(input.shape(), w, -1, "ᵀ");
        return product("matmul transposed", input, matrix, new Strides(inner, w.dim(-2), 1, inner));
    }

    private static int inner(Shape x, Shape w, int axis, String sign) {
        if (w.rank() == 3 && (x.rank() != 3 || x.dim(0) != w.dim(0))) {
            throw new IllegalArgumentException(
                    "matmul " + x + "·" + w + sign + ": expected (N,T,K) times a matrix for each of the N rows");
        }
        if (x.rank() < 2 || w.rank() < 2 || w.rank() > 3) {
            throw new IllegalArgumentException("matmul " + x + "·" + w + sign + ": expected (…,K) times a matrix");
        }
        if (x.columns() != w.dim(axis)) {
            Shape row = w.rank() == 3 ? x.without(0) : x;
            Shape one = w.rank() == 3 ? w.without(0) : w;
            throw new IllegalArgumentException("matmul " + row + "·" + one + sign + ": inner dimensions differ");
        }
        return x.columns();
    }

    /** The right operand as {@code (K,M)}: element {@code (k,m)} is at {@code k*alongK + m*alongM}. */
    private record Strides(int K, int M, int alongK, int alongM) {}

    private static DoubleTensor product(String name, DoubleTensor input, DoubleTensor matrix, Strides of) {
        double[] x = input.array();
        double[] w = matrix.array();
        int rows = input.shape().rows();
        int K = of.K;
        int M = of.M;
        // Every batch row has a matrix of its own, or all have one.
        int each = matrix.shape().rank() == 3 ? input.shape().dim(1) : Math.max(1, rows);
        double[] y = new double[rows * M];
        for (int r = 0; r < rows; r++) {
            for (int m = 0; m < M; m++) {
                double sum = 0;
                for (int k = 0; k < K; k++) {
                    sum += x[r * K + k] * w[r / each * K * M + k * of.alongK + m * of.alongM];
                }
                y[r * M + m] = sum;
            }
        }
        GraphNode.Gradient gradient = (dy, dIn) -> {
            for (int r = 0; r < rows; r++) {
                for (int m = 0; m < M; m++) {
                    for (int k = 0; k < K; k++) {
                        int at = r / each * K * M + k * of.alongK + m * of.alongM;
                        if (dIn[0] != null) {
                            dIn[0][r * K + k] += dy[r * M + m] * w[at];
                        }
                        if (dIn[1] != null) {
                            dIn[1][at] += dy[r * M + m] * x[r * K + k];
                        }
                    }
                }
            }
        };
        return DoubleTensor.result(input.shape().withColumns(M), y, GraphNode.of(name, gradient, input, matrix));
    }
}
