package org.rnn4j.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void theMedianIsInTheMiddle() {
        assertEquals(3, Statistics.median(List.of(9.0, 3.0, 1.0)));
        assertEquals(2.5, Statistics.median(List.of(9.0, 3.0, 2.0, 1.0)));
        assertEquals(7, Statistics.median(List.of(7.0)));
    }

    @Test
    void theSpreadIsAPartOfTheMedian() {
        assertEquals(0.5, Statistics.spread(List.of(5.0, 4.0, 3.0)));
        assertEquals(0, Statistics.spread(List.of(5.0)));
    }

    @Test
    void aGeometricMeanDoesNotCareWhichIsTheReciprocal() {
        assertEquals(4, Statistics.geometricMean(List.of(2.0, 8.0)), 1e-12);
        assertEquals(1, Statistics.geometricMean(List.of(0.25, 4.0)), 1e-12);
    }

    @Test
    void ofNothingThereIsNone() {
        assertThrows(IllegalArgumentException.class, () -> Statistics.median(List.of()));
        assertThrows(IllegalArgumentException.class, () -> Statistics.geometricMean(List.of()));
    }
}
