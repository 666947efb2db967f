package org.rnn4j.core.linear;

import org.rnn4j.api.Draws;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Tensors;

/** Matrices for tests, and sums over them in float64. */
final class Matrices {
    private Matrices() {}

    /** Normal numbers. */
    static Tensor normal(int rows, int columns, long seed) {
        Draws draws = Draws.of(seed);
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) draws.normal(i);
        }
        return Tensors.of(Shape.of(rows, columns), values);
    }

    /** {@code AᵀB}, in float64. */
    static double[][] transposedTimes(double[][] a, double[][] b) {
        double[][] product = new double[a[0].length][b[0].length];
        for (int r = 0; r < a.length; r++) {
            for (int i = 0; i < product.length; i++) {
                for (int j = 0; j < b[r].length; j++) {
                    product[i][j] += a[r][i] * b[r][j];
                }
            }
        }
        return product;
    }

    /** {@code A X - B}, in float64. */
    static double[][] residual(double[][] a, double[][] x, double[][] b) {
        double[][] residual = new double[a.length][b[0].length];
        for (int r = 0; r < a.length; r++) {
            for (int j = 0; j < b[r].length; j++) {
                residual[r][j] = -b[r][j];
                for (int i = 0; i < x.length; i++) {
                    residual[r][j] += a[r][i] * x[i][j];
                }
            }
        }
        return residual;
    }

    static double[][] rows(Tensor tensor) {
        double[] values = tensor.toDoubles();
        int columns = tensor.shape().columns();
        double[][] rows = new double[tensor.shape().rows()][columns];
        for (int i = 0; i < values.length; i++) {
            rows[i / columns][i % columns] = values[i];
        }
        return rows;
    }

    static Tensor tensor(double[][] rows) {
        float[][] floats = new float[rows.length][rows[0].length];
        for (int r = 0; r < rows.length; r++) {
            for (int c = 0; c < floats[r].length; c++) {
                floats[r][c] = (float) rows[r][c];
            }
        }
        return Tensors.of(floats);
    }

    /** The root of the sum of squares. */
    static double norm(double[][] matrix) {
        double sum = 0;
        for (double[] row : matrix) {
            for (double value : row) {
                sum += value * value;
            }
        }
        return Math.sqrt(sum);
    }

    /** The determinant, by elimination with the greatest pivots. */
    static double determinant(double[][] matrix) {
        int n = matrix.length;
        double[][] a = new double[n][];
        for (int i = 0; i < n; i++) {
            a[i] = matrix[i].clone();
        }
        double product = 1;
        for (int k = 0; k < n; k++) {
            int pivot = k;
            for (int i = k + 1; i < n; i++) {
                pivot = Math.abs(a[i][k]) > Math.abs(a[pivot][k]) ? i : pivot;
            }
            if (pivot != k) {
                double[] row = a[k];
                a[k] = a[pivot];
                a[pivot] = row;
                product = -product;
            }
            product *= a[k][k];
            for (int i = k + 1; i < n; i++) {
                double factor = a[i][k] / a[k][k];
                for (int j = k; j < n; j++) {
                    a[i][j] -= factor * a[k][j];
                }
            }
        }
        return product;
    }
}
