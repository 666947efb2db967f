package org.rnn4j.examples.forecast;

import org.rnn4j.training.data.SeriesForecast;

/**
 * Exponential smoothing with a damped trend and an additive season, after Holt and Winters.
 *
 * <pre>
 * l[t] = a (y[t] - s[t-m]) + (1 - a) (l[t-1] + f b[t-1])      the level
 * b[t] = b (l[t] - l[t-1]) + (1 - b) f b[t-1]                 the trend
 * s[t] = g (y[t] - l[t])   + (1 - g) s[t-m]                   the season
 *
 * forecast of y[t+h] = l[t] + (f + f² + … + f^h) b[t] + s[t + h - m ceil(h/m)]
 *
 * m the period; it begins with a line through the means of the first two seasons, and the first one's differences from it
 * </pre>
 *
 * <p>Source: R. J. Hyndman and G. Athanasopoulos, "Forecasting: principles and practice", 2021, section 8.3. A forecast costs O(known).
 *
 * @param period m
 * @param level a, from 0 to 1
 * @param trend b, from 0 to 1
 * @param season g, from 0 to 1
 * @param damping f, from 0, which is no trend, to 1
 */
record HoltWinters(int period, double level, double trend, double season, double damping) implements SeriesForecast {
    private static final double[] LEVELS = {0.01, 0.03, 0.1, 0.2, 0.35, 0.5, 0.7, 0.85, 1};
    private static final double[] TRENDS = {0.003, 0.01, 0.03, 0.1, 0.3};
    private static final double[] SEASONS = {0, 0.03, 0.1, 0.2, 0.4, 0.6, 0.8, 1};
    private static final double[] DAMPINGS = {0, 0.8, 0.9, 0.98, 1};

    /**
     * The one of 1,800 whose forecasts of 1 to {@code horizon} steps have the least mean absolute error, from the end of the second season on.
     *
     * @param learnt the part to fit, of more than two seasons and a horizon; not modified
     */
    static HoltWinters fitted(double[] learnt, int period, int horizon) {
        HoltWinters best = null;
        double least = Double.POSITIVE_INFINITY;
        for (double damping : DAMPINGS) {
            for (double level : LEVELS) {
                for (double trend : TRENDS) {
                    for (double season : SEASONS) {
                        HoltWinters one = new HoltWinters(period, level, trend, season, damping);
                        double error = one.error(learnt, horizon);
                        if (error < least) {
                            least = error;
                            best = one;
                        }
                    }
                }
            }
        }
        return best;
    }

    private double error(double[] learnt, int horizon) {
        double sum = 0;
        State state = new State(learnt);
        for (int t = period; t + horizon < learnt.length; t++) {
            state.read(learnt[t]);
            double steps = 0;
            for (int h = 1; t + 1 >= 2 * period && h <= horizon; h++) {
                steps = damping * (1 + steps);
                sum += Math.abs(learnt[t + h] - state.forecast(h, steps));
            }
        }
        return sum;
    }

    @Override
    public String label() {
        return "Holt-Winters";
    }

    @Override
    public double forecast(double[] series, int known, int ahead) {
        if (known < 2 * period) {
            throw new IllegalArgumentException(
                    label() + ": " + known + " values are known, expected at least two periods of " + period);
        }
        State state = new State(series);
        for (int t = period; t < known; t++) {
            state.read(series[t]);
        }
        double steps = 0;
        for (int h = 1; h <= ahead; h++) {
            steps = damping * (1 + steps);
        }
        return state.forecast(ahead, steps);
    }

    /** What it remembers of the values so far. */
    private final class State {
        private final double[] seasons = new double[period]; // by t mod m
        private double smooth; // l
        private double slope; // b
        private int next = period; // t of the value to come

        /** Of the first season, with the trend towards the second: l is that of the season's last value. */
        State(double[] series) {
            double second = 0;
            for (int i = 0; i < period; i++) {
                smooth += series[i] / period;
                second += series[period + i] / period;
            }
            slope = (second - smooth) / period;
            double middle = smooth;
            for (int i = 0; i < period; i++) {
                smooth = middle + (i - (period - 1) / 2.0) * slope;
                seasons[i] = series[i] - smooth;
            }
        }

        void read(double value) {
            int i = next % period;
            double before = smooth;
            smooth = level * (value - seasons[i]) + (1 - level) * (before + damping * slope);
            slope = trend * (smooth - before) + (1 - trend) * damping * slope;
            seasons[i] = season * (value - smooth) + (1 - season) * seasons[i];
            next++;
        }

        /** With {@code steps} the sum f + f² + … + f^ahead. */
        double forecast(int ahead, double steps) {
            return smooth + steps * slope + seasons[(next + ahead - 1) % period];
        }
    }
}
