package org.rnn4j.examples.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Draws;
import org.rnn4j.training.data.RepeatLast;
import org.rnn4j.training.data.SeasonalNaive;
import org.rnn4j.training.data.SeriesForecast;
import org.rnn4j.training.data.Span;
import org.rnn4j.training.metric.ComparisonMetric;

class RivalTest {
    private static final int PERIOD = 6;
    private static final int HORIZON = 4;
    private static final int LEARNT = 160;

    /** Two waves, of which the one is the season, and noise. */
    private static double[] waves(double noise) {
        double[] values = new double[200];
        Arrays.setAll(
                values,
                t -> 100
                        + 10 * StrictMath.sin(2 * Math.PI * t / PERIOD)
                        + 5 * StrictMath.sin(2 * Math.PI * t / 17)
                        + noise * Draws.of(3).normal(t));
        return values;
    }

    /**
     * All of level, trend and season move by a half, the damping is 0.8. The line through the means 15 and 18 of the
     * first seasons is 14.25, 15.75, …, so l = 15.75, b = 1.5, s = -4.25, 4.25.
     *
     * <pre>
     * y = 12: l = (16.25 + 16.95) / 2 = 16.6,    b = (0.85 + 1.2) / 2 = 1.025,    s = (-4.6 - 4.25) / 2 = -4.425
     * y = 24: l = (19.75 + 17.42) / 2 = 18.585,  b = (1.985 + 0.82) / 2 = 1.4025, s = (5.415 + 4.25) / 2 = 4.8325
     * </pre>
     */
    @Test
    void holtWintersByHand() {
        SeriesForecast forecast = new HoltWinters(2, 0.5, 0.5, 0.5, 0.8);
        double[] series = {10, 20, 12, 24, Double.NaN};
        assertEquals(18.585 + 0.8 * 1.4025 - 4.425, forecast.forecast(series, 4, 1), 1e-12);
        assertEquals(18.585 + (0.8 + 0.64) * 1.4025 + 4.8325, forecast.forecast(series, 4, 2), 1e-12);
        assertEquals(18.585 + (0.8 + 0.64 + 0.512) * 1.4025 - 4.425, forecast.forecast(series, 4, 3), 1e-12);
        assertEquals(
                "Holt-Winters: 3 values are known, expected at least two periods of 2",
                assertThrows(IllegalArgumentException.class, () -> forecast.forecast(series, 3, 1))
                        .getMessage());
    }

    @Test
    void aLineWithASeasonIsForecastWithoutErrorWhereTheTrendIsNotDamped() {
        double[] series = new double[60];
        Arrays.setAll(series, t -> 3 + 0.5 * t + new double[] {1, -4, 3}[t % 3]);
        for (double weight : new double[] {0, 0.3, 1}) {
            HoltWinters forecast = new HoltWinters(3, 0.3, 0.1, weight, 1);
            for (int ahead = 1; ahead <= 7; ahead++) {
                assertEquals(series[49 + ahead], forecast.forecast(series, 50, ahead), 1e-10);
            }
        }
    }

    @Test
    void theFittedHoltWintersIsTheBestOnItsPart() {
        double[] learnt = Arrays.copyOf(waves(3), LEARNT);
        HoltWinters fitted = HoltWinters.fitted(learnt, PERIOD, HORIZON);
        Span part = new Span(2 * PERIOD - 1, LEARNT);
        double least = fitted.score(learnt, part, HORIZON, ComparisonMetric.MAE).value();
        for (double level : new double[] {0.03, 0.2, 0.7}) {
            for (double season : new double[] {0, 0.1, 0.6}) {
                for (double damping : new double[] {0, 0.9, 1}) {
                    SeriesForecast other = new HoltWinters(PERIOD, level, 0.03, season, damping);
                    double error = other.score(learnt, part, HORIZON, ComparisonMetric.MAE)
                            .value();
                    assertTrue(least <= error + 1e-9, fitted + ": " + least + ", " + other + ": " + error);
                }
            }
        }
    }

    /** 1, 2, 2 by 1, 2, 3: a line of slope 1/2 through the mean 5/3 at 2. */
    @Test
    void leastSquaresByHand() {
        double[][] x = {{1, 1}, {2, 1}, {3, 1}};
        assertArrayEquals(new double[] {0.5, 2.0 / 3}, LinearForecast.leastSquares(x, new double[] {1, 2, 2}), 1e-5);
        // A column twice has many solutions; the ridge takes the one that shares.
        double[][] twice = {{1, 1}, {2, 2}, {3, 3}};
        assertArrayEquals(new double[] {0.5, 0.5}, LinearForecast.leastSquares(twice, new double[] {1, 2, 3}), 1e-5);
    }

    /** Two waves and a constant fulfil an equation of the last four values, whatever the number of steps. */
    @Test
    void linearForecastFindsTheEquationOfASeries() {
        double[] values = waves(0);
        for (int order : new int[] {4, 8}) {
            LinearForecast forecast = new LinearForecast(Arrays.copyOf(values, LEARNT), PERIOD, 9, order);
            for (int known = LEARNT; known + 9 <= values.length; known++) {
                double[] series = values.clone();
                Arrays.fill(series, known, series.length, Double.NaN);
                for (int ahead = 1; ahead <= 9; ahead++) {
                    assertEquals(values[known - 1 + ahead], forecast.forecast(series, known, ahead), 1e-3);
                }
            }
        }
    }

    @Test
    void linearForecastNeedsMoreValuesThanWeights() {
        assertEquals(
                "linear regression on the last 4 values: 19 values to fit 10 weights to, expected at least 20",
                assertThrows(IllegalArgumentException.class, () -> new LinearForecast(new double[19], PERIOD, 1, 4))
                        .getMessage());
    }

    @Test
    void rivalsAreBetterThanNaiveForecastsAndChooseWithoutTheTestPart() {
        double[] values = waves(0.3);
        double[] other = values.clone();
        Arrays.fill(other, LEARNT, other.length, 1);
        for (int i = 0; i < 2; i++) {
            String chosen = judge(i, values);
            assertEquals(chosen.lines().findFirst(), judge(i, other).lines().findFirst());
            Series series = new Series("waves", values, PERIOD, HORIZON, 16, 12);
            ForecastData data = new ForecastData(
                    series,
                    new Span(0, LEARNT),
                    new Span(LEARNT, values.length),
                    new ForecastData.View(Scale.PLAIN, new RepeatLast()),
                    1);
            double mase = Double.parseDouble(chosen.lines().toList().get(1));
            double naive = DoubleStream.of(data.mase(new RepeatLast()), data.mase(new SeasonalNaive(PERIOD)))
                    .min()
                    .orElseThrow();
            assertTrue(mase < 0.7 * naive, chosen + ", naive " + naive);
        }
    }

    /** What it prints, and the MASE. */
    private static String judge(int rival, double[] values) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        Series series = new Series("waves", values, PERIOD, HORIZON, 16, 12);
        Span test = new Span(LEARNT, values.length);
        out.println(Rival.of(series).get(rival).mase(out, series, 130, new Span(0, LEARNT), test));
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** Where a season is a factor, the logarithms are chosen. */
    @Test
    void logarithmsAreChosenWhereTheyHelp() {
        double[] values = new double[200];
        Arrays.setAll(values, t -> StrictMath.exp(0.03 * t + StrictMath.sin(2 * Math.PI * t / PERIOD)));
        for (int i = 0; i < 2; i++) {
            List<String> lines = judge(i, values).lines().toList();
            assertTrue(lines.get(0).endsWith(" of logarithms"), lines::toString);
            assertTrue(Double.parseDouble(lines.get(1)) < 0.1, lines::toString);
        }
    }
}
