package org.rnn4j.training.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.rnn4j.training.data.SlidingWindows;
import org.rnn4j.training.data.Span;

class BaselinesTest {

    @Test
    void repeatLast() {
        double[] series = {1, 2, 4, 7};
        SlidingWindows windows = new SlidingWindows(new Span(0, 4), 1, 2, 1);
        // Windows 1 -> (2,4) and 2 -> (4,7).
        Mean squared = new RepeatLast().score(series, windows, ComparisonMetric.MSE);
        assertEquals((1 + 9 + 4 + 25) / 4.0, squared.value());
        assertEquals(4, squared.count());
        assertEquals(
                (1 + 3 + 2 + 5) / 4.0,
                new RepeatLast().score(series, windows, ComparisonMetric.MAE).value());
    }

    @Test
    void seasonalNaive() {
        double[] series = {10, 20, 30, 11, 21, 31, 12};
        SeasonalNaive naive = new SeasonalNaive(3);
        assertEquals(11, naive.forecast(series, 6, 1));
        assertEquals(31, naive.forecast(series, 6, 3));
        assertEquals(11, naive.forecast(series, 6, 4));
        // It may look back further than the window's inputs.
        assertEquals(
                1.0,
                naive.score(series, new SlidingWindows(new Span(3, 7), 1, 1, 1), ComparisonMetric.MAE)
                        .value());
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
        SlidingWindows windows = new SlidingWindows(new Span(0, series.length), period, horizon, 1);
        assertEquals(
                0,
                new SeasonalNaive(period)
                        .score(series, windows, ComparisonMetric.MSE)
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

    @Test
    void majority() {
        Majority majority = Majority.of(new int[] {2, 1, 1, 2, 0});
        assertEquals(new Majority(1), majority); // of two that are equally frequent
        assertEquals(0.25, majority.score(new int[] {1, 0, 2, 2}).value());
        assertThrows(IllegalArgumentException.class, () -> Majority.of(new int[0]));
    }

    @Property
    void noOtherConstantIsBetterOnTheTrainingLabels(
            @ForAll @Size(min = 1, max = 60) int[] raw, @ForAll @IntRange(max = 6) int other) {
        int[] labels = Arrays.stream(raw).map(x -> Math.floorMod(x, 7)).toArray();
        double best = Majority.of(labels).score(labels).value();
        assertEquals(best, Math.max(best, new Majority(other).score(labels).value()));
    }
}
