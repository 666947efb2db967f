package org.rnn4j.examples.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Tensor;
import org.rnn4j.examples.shared.Runs;
import org.rnn4j.training.data.RepeatLast;
import org.rnn4j.training.data.SeasonalNaive;
import org.rnn4j.training.data.Span;
import org.rnn4j.training.metric.ComparisonMetric;

class ForecastTest {
    private static final int PERIOD = 6;

    /** A season, and a second wave of another length that neither naive forecast knows of. */
    private static Series waves() {
        double[] values = new double[160];
        for (int t = 0; t < values.length; t++) {
            values[t] = 100
                    + 10 * StrictMath.sin(2 * Math.PI * t / PERIOD)
                    + 5 * StrictMath.sin(2 * Math.PI * t / 17)
                    + 0.3 * Draws.of(3).normal(t);
        }
        return new Series("waves", values, PERIOD, 4, 16, 12);
    }

    private static ForecastData data(Series series, Scale scale) {
        ForecastData.View view = new ForecastData.View(scale, new SeasonalNaive(PERIOD));
        return new ForecastData(series, new Span(0, 120), new Span(120, 160), view, 1);
    }

    @Test
    void learnsWhatTheNaiveForecastsDoNotKnow(@TempDir Path folder) {
        Runs runs = new Runs(Path.of("config", "forecast"), folder, 1);
        Map<String, Double> results = Forecast.forecast(
                System.out,
                runs,
                runs.read("beer")
                        .with("data.series", "waves")
                        .with(
                                "data.values",
                                Arrays.stream(waves().values()).boxed().toList())
                        .with("data.period", PERIOD)
                        .with("data.horizon", 4)
                        .with("data.steps", 12)
                        .with("model.chain.output.outputs", 12)
                        .with("training.steps", 120)
                        .with("training.validateEvery", 10),
                new ArrayList<>());
        double network = results.get("waves: MASE, these networks");
        assertTrue(network < 0.8 * results.get("waves: MASE, repeat last"), results::toString);
        assertTrue(network < 0.8 * results.get("waves: MASE, seasonal naive"), results::toString);
        assertTrue(results.get("waves: share of values between the quantiles 0.1 and 0.9") > 0.4, results::toString);
    }

    @Test
    void nothingOfTheJudgedPartReachesTheTrainingPart() {
        Series other = waves();
        Arrays.setAll(other.values(), t -> t < 120 ? other.values()[t] : 1000 + t);
        for (long batch = 0; batch < 4; batch++) {
            var expected = data(waves(), Scale.LOG).training().batch(batch);
            var got = data(other, Scale.LOG).training().batch(batch);
            assertArrayEquals(
                    ((Tensor) expected.inputs().get("x")).toFloats(),
                    ((Tensor) got.inputs().get("x")).toFloats());
            assertArrayEquals(((Tensor) expected.target()).toFloats(), ((Tensor) got.target()).toFloats());
        }
    }

    @Test
    void aPerfectOutputMeansWhatHappens() {
        Series series = waves();
        for (Scale scale : Scale.values()) {
            ForecastData data = data(series, scale);
            float[] target = ((Tensor) data.validation().batch(0).target()).toFloats();
            Span origins = data.origins();
            assertEquals(new Span(119, 156), origins);
            for (int t = origins.from(); t < origins.to(); t++) {
                for (int h = 1; h <= 4; h++) {
                    double output = target[(t - PERIOD) * 4 + h - 1];
                    assertEquals(series.values()[t + h], data.value(t, h, output), 1e-4);
                }
            }
        }
    }

    @Test
    void aNaiveForecastIsScoredAsTheLibraryScoresIt() {
        ForecastData data = data(waves(), Scale.PLAIN);
        double error = new RepeatLast()
                .score(waves().values(), new Span(119, 160), 4, ComparisonMetric.MAE)
                .value();
        assertEquals(error / data.metric().scale(), data.mase(new RepeatLast()), 1e-12);
    }

    @Test
    void columnsThatAreAlwaysZeroAreLeftOut() {
        Series series = waves();
        Series longer = new Series("longer", series.values(), PERIOD, 9, 16, 12);
        float[] x = ((Tensor)
                        data(longer, Scale.PLAIN).validation().batch(0).inputs().get("x"))
                .toFloats();
        assertNotEquals(0, x.length);
        for (float number : x) {
            assertFalse(Float.isNaN(number));
        }
    }

    @Test
    void tooShortASeriesIsAnError() {
        Series series = new Series("short", new double[30], 12, 8, 16, 12);
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> new ForecastData(
                        series,
                        new Span(0, 24),
                        new Span(24, 30),
                        new ForecastData.View(Scale.PLAIN, new RepeatLast()),
                        1));
        assertEquals(
                "short: 24 values to train on, expected at least a period of 12, a window of 12 and a horizon of 8",
                e.getMessage());
    }
}
