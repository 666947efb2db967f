package org.rnn4j.benchmarks.against;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Which readings count: those whose probes both reach {@value #SHARE} of the line's roof. The others were taken while somebody else had a part of
 * the core.
 *
 * <p>The roof is what a tenth of the line's probes reaches, both sides together. Not the best of all: a probe takes a tenth of a millisecond, some
 * see the clock where it stays for no step, and the more there are, the fewer readings would count. And of each line by itself, because the clock
 * is lower behind wide multiplications than behind a session's small steps.
 *
 * @param best GFLOP/s
 */
public record Roofs(Map<Line, Double> best) {
    /** How much of the roof a probe has to reach. */
    public static final double SHARE = 0.95;

    /** Of the probes, which see a clock that does not stay. */
    private static final double TOP = 0.1;

    /** What readings have in common that can be compared. */
    record Line(String name, int threads) {
        static Line of(Reading reading) {
            return new Line(reading.line(), reading.threads());
        }
    }

    /** Copies the map. */
    public Roofs {
        best = Map.copyOf(best);
    }

    /** Those of all lines that were read. */
    public static Roofs of(Collection<Reading> readings) {
        return new Roofs(readings.stream().collect(Collectors.groupingBy(Line::of)).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, line -> roof(line.getValue()))));
    }

    /** NaN where there is no probe. */
    private static double roof(List<Reading> readings) {
        double[] probes = readings.stream()
                .flatMapToDouble(reading -> DoubleStream.of(reading.roofBefore(), reading.roofAfter()))
                .filter(probe -> !Double.isNaN(probe))
                .sorted()
                .toArray();
        return probes.length == 0 ? Double.NaN : probes[(int) Math.ceil((1 - TOP) * (probes.length - 1))];
    }

    /** The roof of a reading's line; NaN where there is none. */
    double of(Reading reading) {
        return best.getOrDefault(Line.of(reading), Double.NaN);
    }

    /** Whether a reading counts; one without a probe never does. */
    public boolean keeps(Reading reading) {
        return reading.roof() >= SHARE * of(reading);
    }
}
