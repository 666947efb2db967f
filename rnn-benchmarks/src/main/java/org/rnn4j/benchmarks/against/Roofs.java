package org.rnn4j.benchmarks.against;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Which readings count: those whose probes both reach {@value #SHARE} of the best that any probe with as many threads saw. The others were taken
 * while somebody else had a part of the core.
 *
 * @param best GFLOP/s, by the number of threads
 */
public record Roofs(Map<Integer, Double> best) {
    /** How much of the best roof a probe has to reach. */
    public static final double SHARE = 0.95;

    /** Copies the map. */
    public Roofs {
        best = Map.copyOf(best);
    }

    /** The best of all readings. */
    public static Roofs of(Collection<Reading> readings) {
        Map<Integer, Double> best = new HashMap<>();
        for (Reading reading : readings) {
            for (double roof : new double[] {reading.roofBefore(), reading.roofAfter()}) {
                if (!Double.isNaN(roof)) {
                    best.merge(reading.threads(), roof, Math::max);
                }
            }
        }
        return new Roofs(best);
    }

    /** Whether a reading counts; one without a probe never does. */
    public boolean keeps(Reading reading) {
        return reading.roof() >= SHARE * best.getOrDefault(reading.threads(), Double.NaN);
    }
}
