package org.rnn4j.benchmarks.against;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rnn4j.benchmarks.report.Statistics;

/**
 * What became of a line. A side of a start of the JVM counts as its median, and a pair is both sides of one start, which saw the machine at the
 * same time: the change is the median of the pairs', with its interval.
 *
 * @param line its name
 * @param threads of the processes
 * @param unit of the times
 * @param roof see {@link Roofs}
 * @param before the other commit's times
 * @param after the working tree's
 * @param pairs how many rounds have readings that count on both sides
 * @param change from before to after, as {@link Bound#change} gives it; NaN without pairs
 * @param interval where the change lies; empty with fewer than six pairs
 */
public record Difference(
        String line,
        int threads,
        String unit,
        double roof,
        Times before,
        Times after,
        int pairs,
        double change,
        Optional<Interval> interval) {

    /** Whether a line keeps its bound. */
    public enum Verdict {
        /** The whole interval does. */
        HOLDS,
        /** Nothing of the interval does. */
        BROKEN,
        /** The interval is on both sides of the bound, or there is none. */
        OPEN
    }

    /**
     * A side's times.
     *
     * @param fastest of the readings that count; NaN without
     * @param median of the starts' medians; NaN without
     * @param starts of the JVM with readings that count
     * @param kept how many readings count
     * @param taken of how many
     */
    public record Times(double fastest, double median, int starts, int kept, int taken) {}

    /** Of the readings of one line, with one number of threads. */
    static Difference of(Collection<Reading> readings, Roofs roofs) {
        Reading any = readings.iterator().next();
        Bound bound = Bound.of(any.unit());
        Map<Side, Map<Integer, Double>> medians = new LinkedHashMap<>();
        Map<Side, Times> times = new LinkedHashMap<>();
        for (Side side : Side.values()) {
            List<Reading> own =
                    readings.stream().filter(reading -> reading.side() == side).toList();
            List<Reading> kept = own.stream().filter(roofs::keeps).toList();
            Map<Integer, Double> starts = mediansByRound(kept);
            medians.put(side, starts);
            times.put(
                    side,
                    new Times(
                            kept.stream().mapToDouble(Reading::value).min().orElse(Double.NaN),
                            starts.isEmpty() ? Double.NaN : Statistics.median(starts.values()),
                            starts.size(),
                            kept.size(),
                            own.size()));
        }
        List<Double> changes = new ArrayList<>();
        medians.get(Side.BEFORE).forEach((round, before) -> {
            Double after = medians.get(Side.AFTER).get(round);
            if (after != null) {
                changes.add(bound.change(before, after));
            }
        });
        return new Difference(
                any.line(),
                any.threads(),
                any.unit(),
                roofs.of(any),
                times.get(Side.BEFORE),
                times.get(Side.AFTER),
                changes.size(),
                changes.isEmpty() ? Double.NaN : Statistics.median(changes),
                Interval.ofMedian(changes));
    }

    private static Map<Integer, Double> mediansByRound(List<Reading> readings) {
        return readings.stream()
                .collect(Collectors.groupingBy(
                        Reading::round,
                        LinkedHashMap::new,
                        Collectors.collectingAndThen(
                                Collectors.mapping(Reading::value, Collectors.toList()), Statistics::median)));
    }

    /** Of all readings: the lines in the order in which they were first read. */
    static List<Difference> all(Collection<Reading> readings) {
        Roofs roofs = Roofs.of(readings);
        Function<Reading, List<Object>> byLine = reading -> List.of(reading.threads(), reading.line());
        return readings.stream()
                .collect(Collectors.groupingBy(byLine, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(line -> of(line, roofs))
                .toList();
    }

    /** Against the line's bound: 3 %, or a second a GB. */
    public Verdict verdict() {
        double most = Bound.of(unit).most();
        return interval.map(
                        all -> all.high() <= most ? Verdict.HOLDS : all.low() > most ? Verdict.BROKEN : Verdict.OPEN)
                .orElse(Verdict.OPEN);
    }
}
