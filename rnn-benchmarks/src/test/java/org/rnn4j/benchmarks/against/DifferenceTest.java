package org.rnn4j.benchmarks.against;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rnn4j.benchmarks.against.Difference.Verdict;

class DifferenceTest {
    private final List<Reading> readings = new ArrayList<>();

    private void read(Side side, int round, String unit, double value, double roofBefore, double roofAfter) {
        readings.add(new Reading(side, 1, round, "W6-step", unit, value, roofBefore, roofAfter));
    }

    /** Rounds of a sample each side, 20 before. */
    private Difference rounds(String unit, double... afters) {
        for (int round = 1; round <= afters.length; round++) {
            read(Side.BEFORE, round, unit, 20, 100, 100);
            read(Side.AFTER, round, unit, afters[round - 1], 100, 100);
        }
        return Difference.all(readings).get(0);
    }

    private static double[] times(int n, double value) {
        return IntStream.range(0, n).mapToDouble(i -> value).toArray();
    }

    @Test
    void aSampleCountsWhereBothProbesReachTheShareOfTheBest() {
        read(Side.BEFORE, 1, "us", 1, 200, 199);
        read(Side.BEFORE, 1, "us", 2, 190, 190);
        read(Side.BEFORE, 1, "us", 3, 189.9, 200);
        read(Side.AFTER, 1, "us", 4, 200, 120);
        read(Side.AFTER, 1, "us", 5, Double.NaN, 200);
        Roofs roofs = Roofs.of(readings);
        assertEquals(
                List.of(1.0, 2.0),
                readings.stream().filter(roofs::keeps).map(Reading::value).toList());
    }

    @Test
    void theBestIsOfBothSidesAndOfEachNumberOfThreads() {
        read(Side.BEFORE, 1, "us", 1, 150, 150);
        read(Side.AFTER, 1, "us", 2, 200, 200);
        readings.add(new Reading(Side.AFTER, 2, 1, "W6-step", "us", 3, 160, 160));
        Roofs roofs = Roofs.of(readings);
        assertEquals(Map.of(new Roofs.Line("W6-step", 1), 200.0, new Roofs.Line("W6-step", 2), 160.0), roofs.best());
        assertFalse(roofs.keeps(readings.get(0)));
        assertTrue(roofs.keeps(readings.get(2)));
    }

    @Test
    void aStartIsItsMedianAndARoundThatLacksASideIsNoPair() {
        read(Side.BEFORE, 1, "us", 10, 100, 100);
        read(Side.BEFORE, 1, "us", 12, 100, 100);
        read(Side.BEFORE, 1, "us", 50, 100, 100);
        read(Side.BEFORE, 1, "us", 1, 60, 100); // does not count
        read(Side.AFTER, 1, "us", 18, 100, 100);
        read(Side.BEFORE, 2, "us", 8, 100, 100);
        read(Side.AFTER, 2, "us", 99, 60, 100);
        Difference difference = Difference.all(readings).get(0);
        assertEquals(new Difference.Times(8, 10, 2, 4, 5), difference.before());
        assertEquals(new Difference.Times(18, 18, 1, 1, 2), difference.after());
        assertEquals(1, difference.pairs());
        assertEquals(1.5, difference.change());
        assertEquals(Verdict.OPEN, difference.verdict());
    }

    @Test
    void theIntervalIsOfTheOrderThatIsSureEnough() {
        assertEquals(Optional.empty(), Interval.ofMedian(List.of()));
        assertEquals(Optional.empty(), Interval.ofMedian(List.of(1.0, 2.0, 3.0, 4.0, 5.0))); // 93.75 %
        assertEquals(
                new Interval(1, 6),
                Interval.ofMedian(List.of(6.0, 2.0, 3.0, 4.0, 5.0, 1.0)).orElseThrow());
        // The tables of the sign test: the second of ten, the sixth of twenty.
        assertEquals(new Interval(2, 9), ofFirst(10));
        assertEquals(new Interval(6, 15), ofFirst(20));
    }

    private static Interval ofFirst(int n) {
        return Interval.ofMedian(
                        IntStream.rangeClosed(1, n).mapToObj(i -> (double) i).toList())
                .orElseThrow();
    }

    @Test
    void aStepMayCostThreePercentMore() {
        assertEquals(Verdict.HOLDS, rounds("us", times(10, 20.6)).verdict());
        readings.clear();
        assertEquals(Verdict.BROKEN, rounds("us", times(10, 20.7)).verdict());
        readings.clear();
        // The second smallest and the second largest decide: one outlier on either side does not.
        assertEquals(
                Verdict.HOLDS,
                rounds("us", 1, 20, 20, 20, 20, 20, 20, 20, 20, 90).verdict());
        readings.clear();
        assertEquals(
                Verdict.OPEN,
                rounds("us", 20, 20, 20, 20, 20, 20, 20, 20, 21, 21).verdict());
        readings.clear();
        assertEquals(Verdict.OPEN, rounds("us", times(5, 10)).verdict());
    }

    @Test
    void aGigabyteMayCostASecondMore() {
        assertEquals(Verdict.HOLDS, rounds("s/GB", times(10, 21)).verdict());
        readings.clear();
        assertEquals(Verdict.BROKEN, rounds("s/GB", times(10, 21.1)).verdict());
    }

    @Test
    void theReportHoldsOnlyWhereEveryLineDoes() {
        Difference good = rounds("us", times(10, 20));
        AgainstReport report = new AgainstReport("abc", 10, List.of(good), Map.of());
        assertTrue(report.holds());
        String row =
                "| W6-step | 1 | us | 20.0 | 20.0 | 20.0 | 20.0 | x1.000 | x1.000 to x1.000 | 10 | 100 | 10 of 10, 10 of 10 | holds |";
        assertTrue(report.markdown().contains(row), report.markdown());
        assertTrue(report.markdown().contains("Kept are 20 of 20 samples"), report.markdown());
        assertFalse(new AgainstReport("abc", 10, List.of(good), Map.of("W1", "why")).holds());
        AgainstReport few = new AgainstReport("abc", 11, List.of(good), Map.of());
        assertFalse(few.holds());
        assertTrue(few.markdown().contains("Not every line has its 11 pairs"), few.markdown());
        assertFalse(new AgainstReport("abc", 10, List.of(), Map.of()).holds());
        readings.clear();
        Difference open = rounds("us", times(5, 20));
        assertFalse(new AgainstReport("abc", 10, List.of(good, open), Map.of()).holds());
    }
}
