package org.rnn4j.examples.forecast;

import java.util.stream.IntStream;
import org.rnn4j.training.data.SeriesForecast;

/**
 * A linear function of past values, another for each number of steps ahead, by least squares.
 *
 * <pre>
 * forecast of y[t+h] = c(h) + sum over lags k in K(h) of w(h,k) y[t-k]
 *
 * K(h) = 0 … p-1, the last values;  m … m+p-1, those one season before;  m ceil(h/m) - h, the seasonal naive forecast
 * </pre>
 *
 * <p>m is the period. Both naive forecasts are such functions, and so are the mean of them and an autoregression of order p. A forecast costs O(p),
 * fitting O(horizon * p² * (length + p)).
 */
final class LinearForecast implements SeriesForecast {
    /** Beside the sum of squares of standardised values: as good as nothing, but with it the equations always have one solution. */
    private static final double RIDGE = 1e-6;

    private final int period;
    private final int order;
    private final double mean;
    private final double deviation;
    private final double[][] weights; // by h - 1; the last is of the constant

    /**
     * Fits.
     *
     * @param learnt the part to fit; not modified
     * @param period m
     * @param horizon the greatest h
     * @param order p, 1 or more
     * @throws IllegalArgumentException where the part is so short that it has fewer forecasts than weights
     */
    LinearForecast(double[] learnt, int period, int horizon, int order) {
        this.period = period;
        this.order = order;
        this.mean = IntStream.range(0, learnt.length)
                .mapToDouble(t -> learnt[t])
                .average()
                .orElseThrow();
        this.deviation = Math.sqrt(IntStream.range(0, learnt.length)
                .mapToDouble(t -> (learnt[t] - mean) * (learnt[t] - mean))
                .average()
                .orElseThrow());
        this.weights = new double[horizon][];
        for (int h = 1; h <= horizon; h++) {
            int[] lags = lags(h);
            int first = lags[lags.length - 1];
            int rows = learnt.length - h - first;
            if (rows <= lags.length) {
                throw new IllegalArgumentException(label() + ": " + learnt.length + " values to fit "
                        + (lags.length + 1) + " weights to, expected at least " + (first + h + lags.length + 1));
            }
            double[][] x = new double[rows][];
            double[] target = new double[rows];
            for (int i = 0; i < rows; i++) {
                x[i] = inputs(learnt, first + i, lags);
                target[i] = (learnt[first + i + h] - mean) / deviation;
            }
            weights[h - 1] = leastSquares(x, target);
        }
    }

    /** K(h), rising. */
    private int[] lags(int h) {
        int seasonal = (h + period - 1) / period * period - h;
        return IntStream.concat(
                        IntStream.of(seasonal), IntStream.range(0, order).flatMap(k -> IntStream.of(k, period + k)))
                .sorted()
                .distinct()
                .toArray();
    }

    private double[] inputs(double[] series, int t, int[] lags) {
        double[] inputs = new double[lags.length + 1];
        for (int k = 0; k < lags.length; k++) {
            inputs[k] = (series[t - lags[k]] - mean) / deviation;
        }
        inputs[lags.length] = 1;
        return inputs;
    }

    /**
     * The w with the least |x w - target|² + ridge |w|²: by Cholesky's decomposition of the normal equations.
     *
     * @param x by row, by column
     */
    static double[] leastSquares(double[][] x, double[] target) {
        int n = x[0].length;
        double[][] a = new double[n][n]; // the lower half of x'x, and in its place L with L L' = x'x
        double[] w = new double[n];
        for (int i = 0; i < n; i++) {
            for (int row = 0; row < x.length; row++) {
                w[i] += x[row][i] * target[row];
                for (int j = 0; j <= i; j++) {
                    a[i][j] += x[row][i] * x[row][j];
                }
            }
            a[i][i] += RIDGE;
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                for (int k = 0; k < j; k++) {
                    a[i][j] -= a[i][k] * a[j][k];
                }
                a[i][j] = i == j ? Math.sqrt(a[i][i]) : a[i][j] / a[j][j];
            }
        }
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) {
                w[i] -= a[i][k] * w[k];
            }
            w[i] /= a[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                w[i] -= a[k][i] * w[k];
            }
            w[i] /= a[i][i];
        }
        return w;
    }

    @Override
    public String label() {
        return "linear regression on the last " + order + " values";
    }

    @Override
    public double forecast(double[] series, int known, int ahead) {
        int[] lags = lags(ahead);
        if (known <= lags[lags.length - 1]) {
            throw new IllegalArgumentException(
                    label() + ": " + known + " values are known, expected at least " + (lags[lags.length - 1] + 1));
        }
        double[] inputs = inputs(series, known - 1, lags);
        double sum = 0;
        for (int k = 0; k < inputs.length; k++) {
            sum += weights[ahead - 1][k] * inputs[k];
        }
        return sum * deviation + mean;
    }
}
