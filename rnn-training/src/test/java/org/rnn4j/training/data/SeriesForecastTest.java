package org.rnn4j.training.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.rnn4j.training.metric.ComparisonMetric;
import org.rnn4j.training.metric.Mean;

class SeriesForecastTest {

    @Test
    void repeatLast() {
        double[] series = {1, 2, 4, 7};
        // 1 -> (2,4) and 2 -> (4,7).
        Mean squared = new RepeatLast().score(series, new Span(0, 4), 2, ComparisonMetric.MSE);
        assertEquals((1 + 9 + 4 + 25) / 4.0, squared.value());
        assertEquals(4, squared.count());
        assertEquals(
                (1 + 3 + 2 + 5) / 4.0,
                new RepeatLast()
                        .score(series, new Span(0, 4), 2, ComparisonMetric.MAE)
                        .value());
    }

    @Test
    void seasonalNaive() {
        double[] series = {10, 20, 30, 11, 21, 31, 12};
        SeasonalNaive naive = new SeasonalNaive(3);
        assertEquals(11, naive.forecast(series, 6, 1));
        assertEquals(31, naive.forecast(series, 6, 3));
        assertEquals(11, naive.forecast(series, 6, 4));
        // It may look back further than the part.
        assertEquals(
                1.0,
                naive.score(series, new Span(3, 7), 1, ComparisonMetric.MAE).value());
        assertEquals(
                "seasonal naive (period 3): 2 values are known, expected at least 3",
                assertThrows(IllegalArgumentException.class, () -> naive.forecast(series, 2, 1))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new SeasonalNaive(0));
    }

    @Property
    void aPeriodicSeriesIsForecastWithoutError(
            @ForAll @IntRange(min = 1, max = 12) int period, @ForAll @IntRange(min = 1, max = 30) int horizon) {
        double[] series = new double[period + horizon + 20];
        Arrays.setAll(series, i -> i % period);
        assertEquals(
                0,
                new SeasonalNaive(period)
                        .score(series, new Span(period, series.length), horizon, ComparisonMetric.MSE)
                        .value());
    }

    @Property
    void noForecastReadsTheFuture(
            @ForAll @IntRange(min = 12, max = 29) int known, @ForAll @IntRange(min = 1, max = 30) int ahead) {
        double[] series = new double[30];
        Arrays.fill(series, known, 30, Double.NaN);
        assertEquals(0, new RepeatLast().forecast(series, known, ahead));
        assertEquals(0, new SeasonalNaive(12).forecast(series, known, ahead));
    }
}
