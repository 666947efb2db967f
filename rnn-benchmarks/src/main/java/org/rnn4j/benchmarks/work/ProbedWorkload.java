package org.rnn4j.benchmarks.work;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import org.rnn4j.benchmarks.kernel.Probe;
import org.rnn4j.benchmarks.measure.Settings;

/**
 * Runs one workload as {@link Workload} does, but prints every sample, with what the roof was before and behind it: the program of a process
 * that is compared with one of another commit. It is written against public API alone and runs with the libraries of either.
 */
public final class ProbedWorkload {
    private static final int FEWEST_WARM = 2;
    private static final int FEWEST = 3;
    private static final int MOST = 1000;

    /** How many steps of W1 are measured together: one, of a quarter of a millisecond, would be lost among the probes. */
    private static final int W1_STEPS = 16;

    /** Until it has ended, ops run as plain loops. */
    private static final String WARM_UP = "rnn4j-warm-up";

    private static final double PATIENCE_SECONDS = 120;

    private ProbedWorkload() {}

    /** See {@link Settings} for the arguments. */
    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        Settings settings = Settings.of(arguments);
        try (Probe probe = new Probe(settings.threads())) {
            for (Line line : Workload.lines(settings)) {
                measure(line, probe, settings);
            }
        }
    }

    private static void measure(Line line, Probe probe, Settings settings) throws Exception {
        double warm = settings.get("warm", 2.0);
        double seconds = settings.get("seconds", 2.0);
        int step = 0;
        long began = System.nanoTime();
        while (step < FEWEST_WARM || since(began) < warm || (isWarmingUp() && since(began) < PATIENCE_SECONDS)) {
            line.step().run(step++);
        }
        int calls = calls(line);
        StringBuilder text = new StringBuilder();
        double before = probe.gflops();
        began = System.nanoTime();
        for (int sample = 0; sample < FEWEST || (sample < MOST && since(began) < seconds); sample++) {
            long start = System.nanoTime();
            for (int call = 0; call < calls; call++) {
                line.step().run(step++);
            }
            long nanos = System.nanoTime() - start;
            double after = probe.gflops();
            text.append(String.format(
                    Locale.ROOT,
                    "PROBED work=%s unit=%s value=%.6f before=%.1f after=%.1f%n",
                    line.name(),
                    line.unit(),
                    nanos / line.nanos() / calls,
                    before,
                    after));
            before = after;
        }
        System.out.print(text);
    }

    /** W1's steps are measured together, the same number on both sides whatever they take there. */
    private static int calls(Line line) {
        return line.name().equals("W1") ? W1_STEPS : line.calls();
    }

    private static double since(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static boolean isWarmingUp() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().equals(WARM_UP)) {
                return true;
            }
        }
        return false;
    }
}
