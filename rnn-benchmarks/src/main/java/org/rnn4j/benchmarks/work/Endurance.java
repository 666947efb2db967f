package org.rnn4j.benchmarks.work;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.rnn4j.benchmarks.measure.ProcessFacts;
import org.rnn4j.benchmarks.measure.Settings;

/** Trains W2 for long, and prints ten times how much of the heap is in use after a collection: the live set. */
public final class Endurance {
    private static final int REPORTS = 10;

    private Endurance() {}

    /** The arguments are {@code W2 steps=20000}. */
    public static void main(String[] arguments) {
        Settings settings = Settings.of(arguments);
        LanguageModel model = LanguageModel.of(settings.workload());
        int steps = settings.get("steps", 20_000);
        for (int i = 1; i <= steps; i++) {
            float loss = model.step(i - 1);
            if (i % Math.max(steps / REPORTS, 1) == 0) {
                System.gc();
                double live =
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / (1024.0 * 1024);
                System.out.printf(
                        Locale.ROOT,
                        "LIVE work=%s step=%d live_mib=%.2f rss_mib=%.0f loss=%.4f%n",
                        settings.workload(),
                        i,
                        live,
                        ProcessFacts.peakMebibytes(),
                        loss);
            }
        }
    }
}
