package org.rnn4j.benchmarks.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * RNN4J with one setting beside its peers, at one number of threads: line by line against the fastest setting of the fastest peer, and over all
 * lines by the geometric mean.
 *
 * @param setting of ours
 * @param threads of everybody
 * @param roof GFLOP/s that these threads could do at most; NaN where it was not measured
 * @param rows a line each, in the order of {@link Contest#lines}
 */
public record Comparison(String setting, int threads, double roof, List<Row> rows) {
    /** Who is compared with the others. */
    public static final String OURS = "rnn4j";

    /** The peer that is compared on its own too: the only other recurrent framework for the JVM. */
    public static final String DL4J = "dl4j";

    /** Copies the list. */
    public Comparison {
        rows = List.copyOf(rows);
    }

    /**
     * A line.
     *
     * @param line its name
     * @param ours null where it was not run
     * @param others every peer with every setting, the fastest first
     */
    public record Row(String line, Timing ours, List<Timing> others) {
        /** Copies the list. */
        public Row {
            others = List.copyOf(others);
        }

        /** The fastest of all peers. */
        public Optional<Timing> fastest() {
            return others.stream().findFirst();
        }

        /** The fastest setting of one peer. */
        public Optional<Timing> fastest(String peer) {
            return others.stream().filter(timing -> timing.peer().equals(peer)).findFirst();
        }

        /** How many times faster than the fastest of all peers ours is. */
        public OptionalDouble times() {
            return times(fastest());
        }

        /** How many times faster than the fastest setting of one peer ours is. */
        public OptionalDouble times(String peer) {
            return times(fastest(peer));
        }

        private OptionalDouble times(Optional<Timing> other) {
            return ours == null || other.isEmpty()
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(other.get().median() / ours.median());
        }
    }

    /** The comparison of what was measured. */
    public static Comparison of(Collection<Sample> samples, String setting, int threads) {
        List<Row> rows = new ArrayList<>();
        for (String line : Contest.lines()) {
            Map<String, List<Sample>> byName = samples.stream()
                    .filter(sample -> sample.threads() == threads
                            && sample.result().kind().equals("RESULT")
                            && sample.result().work().equals(line))
                    .collect(Collectors.groupingBy(Sample::name, LinkedHashMap::new, Collectors.toList()));
            List<Timing> timings = byName.values().stream().map(Timing::of).toList();
            Predicate<Timing> isOurs = timing -> timing.peer().equals(OURS);
            Timing ours = timings.stream()
                    .filter(isOurs.and(timing -> timing.setting().equals(setting)))
                    .findFirst()
                    .orElse(null);
            List<Timing> others = timings.stream()
                    .filter(isOurs.negate())
                    .sorted(Comparator.comparingDouble(Timing::median))
                    .toList();
            if (!timings.isEmpty()) {
                rows.add(new Row(line, ours, others));
            }
        }
        double roof = samples.stream()
                .filter(sample -> sample.result().kind().equals("ROOF"))
                .mapToDouble(sample -> threads * sample.result().number("gflops"))
                .max()
                .orElse(Double.NaN);
        return new Comparison(setting, threads, roof, rows);
    }

    /** The geometric mean of {@link Row#times()} over the lines that have it. */
    public OptionalDouble mean() {
        return mean(Row::times);
    }

    /** The geometric mean of {@link Row#times(String)} over the lines that have it. */
    public OptionalDouble mean(String peer) {
        return mean(row -> row.times(peer));
    }

    private OptionalDouble mean(Function<Row, OptionalDouble> times) {
        List<Double> all = rows.stream()
                .map(times)
                .filter(OptionalDouble::isPresent)
                .map(OptionalDouble::getAsDouble)
                .toList();
        return all.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Statistics.geometricMean(all));
    }
}
