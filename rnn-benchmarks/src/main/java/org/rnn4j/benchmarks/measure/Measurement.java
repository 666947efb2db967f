package org.rnn4j.benchmarks.measure;

import java.util.Arrays;
import java.util.Locale;

/**
 * The time of one workload in this process, sample by sample, and the line that reports it.
 *
 * <pre>{@code
 * Measurement measurement = Measurement.ofSteps("rnn4j", "W1", 50, settings);
 * measurement.run(i -> train(i));     // or: while (measurement.wantsMore()) { begin(); … end(loss); }
 * }</pre>
 *
 * <p>{@code COLD} says when the first sample ended, counted from the start of the process. {@code RESULT} has the wall time of a step (median,
 * minimum, 90 %), the CPU time of the calling thread, the loss of the first and of the last step, what a step allocated on the Java heap,
 * and the peak resident memory.
 */
public final class Measurement {
    private static final int FEWEST_WARM = 3;
    private static final int FEWEST = 5;
    private static final int MOST = 1 << 16;

    private final String peer;
    private final String work;
    private final int tokens;
    private final int calls;
    private final Settings settings;

    private final double[] wall = new double[MOST];
    private final double[] cpu = new double[MOST];
    private int warmed;
    private int count;
    private boolean warm;
    private double phaseSeconds;
    private long allocatedBefore;
    private long began;
    private long cpuBegan;
    private float first = Float.NaN;
    private float last = Float.NaN;

    private Measurement(String peer, String work, int tokens, int calls, Settings settings) {
        this.peer = peer;
        this.work = work;
        this.tokens = tokens;
        this.calls = calls;
        this.settings = settings;
        this.warm = settings.get("steps", 0) > 0 && settings.get("warmup", 0) == 0;
        this.allocatedBefore = ProcessFacts.allocatedBytes();
    }

    /** What is measured; gives the loss, or NaN where there is none. */
    @FunctionalInterface
    public interface Step {
        /** Step i. */
        float run(int i) throws Exception;
    }

    /**
     * Of training steps: a sample is one step, reported in milliseconds.
     *
     * @param peer who is measured
     * @param work the name of the line
     * @param tokens N·T
     */
    public static Measurement ofSteps(String peer, String work, int tokens, Settings settings) {
        return new Measurement(peer, work, tokens, 1, settings);
    }

    /**
     * Of something short: a sample is {@code calls} calls, reported in microseconds a call.
     *
     * @param peer who is measured
     * @param work the name of the line
     * @param tokens of one call
     */
    public static Measurement ofCalls(String peer, String work, int tokens, int calls, Settings settings) {
        return new Measurement(peer, work, tokens, calls, settings);
    }

    /** Takes as many samples as are wanted, and prints the lines. */
    public void run(Step step) throws Exception {
        for (int i = 0; wantsMore(); i++) {
            begin();
            float loss = 0;
            for (int call = 0; call < calls; call++) {
                loss = step.run(i * calls + call);
            }
            end(loss);
        }
        print();
    }

    /** Whether another sample is wanted. */
    public boolean wantsMore() {
        int steps = settings.get("steps", 0);
        if (steps > 0) {
            return count < Math.min(steps, MOST);
        }
        return !warm || count < FEWEST || (phaseSeconds < settings.get("seconds", 2.0) && count < MOST);
    }

    /** A sample begins. */
    public void begin() {
        cpuBegan = ProcessFacts.cpuNanos();
        began = System.nanoTime();
    }

    /** The sample ends. */
    public void end(float loss) {
        long ended = System.nanoTime();
        long cpuEnded = ProcessFacts.cpuNanos();
        if (warmed + count == 0) {
            first = loss;
            System.out.printf(
                    Locale.ROOT,
                    "COLD peer=%s work=%s first_step_done_s=%.3f%n",
                    peer,
                    work,
                    ProcessFacts.secondsSinceStart());
        }
        last = loss;
        phaseSeconds += (ended - began) / 1e9;
        if (warm) {
            wall[count] = perCall(ended - began);
            cpu[count] = perCall(cpuEnded - cpuBegan);
            count++;
            return;
        }
        warmed++;
        int warmup = settings.get("warmup", 0);
        warm = warmup > 0
                ? warmed >= warmup
                : warmed >= FEWEST_WARM && phaseSeconds >= settings.get("warm", settings.get("seconds", 2.0));
        if (warm) {
            phaseSeconds = 0;
            allocatedBefore = ProcessFacts.allocatedBytes();
        }
    }

    private double perCall(long nanos) {
        return nanos / (calls == 1 ? 1e6 : 1e3) / calls;
    }

    /** Prints the result. */
    public void print() {
        long allocated = ProcessFacts.allocatedBytes() - allocatedBefore;
        double[] sorted = Arrays.copyOf(wall, count);
        double[] sortedCpu = Arrays.copyOf(cpu, count);
        Arrays.sort(sorted);
        Arrays.sort(sortedCpu);
        String unit = calls == 1 ? "ms" : "us";
        double seconds = median(sorted) / (calls == 1 ? 1e3 : 1e6);
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "RESULT peer=%s work=%s threads=%d n=%d unit=%s median=%.4f min=%.4f p90=%.4f cpu=%.4f",
                peer,
                work,
                settings.threads(),
                count,
                unit,
                median(sorted),
                sorted[0],
                sorted[(int) (count * 0.9)],
                median(sortedCpu)));
        line.append(String.format(
                Locale.ROOT,
                " tok_s=%.0f alloc_kb=%.1f rss_mib=%.0f steps=%d",
                tokens / seconds,
                allocated / 1e3 / count / calls,
                ProcessFacts.peakMebibytes(),
                warmed + count));
        if (!Float.isNaN(first)) {
            line.append(String.format(Locale.ROOT, " loss_first=%.4f loss_last=%.4f", first, last));
        }
        System.out.println(line);
    }

    private static double median(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
