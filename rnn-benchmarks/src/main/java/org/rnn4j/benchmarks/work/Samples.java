package org.rnn4j.benchmarks.work;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.rnn4j.benchmarks.measure.Settings;

/**
 * The lines of a workload in the JDK's own types, so that a program can hold them twice, with the libraries of two commits: it loads this class
 * with each of two class loaders. Commits share it by its name and this one method, so both stay.
 */
public final class Samples {
    /** How many steps of W1 are measured together: one, of a quarter of a millisecond, would be lost among the probes. */
    private static final int W1_STEPS = 16;

    private Samples() {}

    /**
     * The lines of a workload.
     *
     * @param arguments see {@link Settings}
     * @return by name and unit ({@code W2 ms}), what takes a sample and gives the time of a call in that unit
     */
    public static Map<String, DoubleSupplier> of(String... arguments) throws IOException {
        Map<String, DoubleSupplier> samples = new LinkedHashMap<>();
        for (Line line : Workload.lines(Settings.of(arguments))) {
            // The same number of calls on both sides, whatever they take.
            int calls = line.name().equals("W1") ? W1_STEPS : line.calls();
            int[] step = new int[1];
            samples.put(line.name() + " " + line.unit(), () -> {
                long start = System.nanoTime();
                for (int call = 0; call < calls; call++) {
                    run(line, step[0]++);
                }
                return (System.nanoTime() - start) / line.nanos() / calls;
            });
        }
        return samples;
    }

    private static void run(Line line, int step) {
        try {
            line.step().run(step);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(line.name() + ", step " + step, e);
        }
    }
}
