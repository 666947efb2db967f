package org.rnn4j.benchmarks.kernel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** What a step allocates, as a table. */
public final class AllocationReport {
    private static final TimeValue WARM = TimeValue.seconds(3);
    private static final TimeValue MEASURED = TimeValue.seconds(1);

    private AllocationReport() {}

    /**
     * Measures with a JVM of these flags, and gives the table as Markdown.
     *
     * @param log where JMH writes what it does
     */
    public static String run(String java, List<String> flags, Path log) throws RunnerException {
        List<String> all = new ArrayList<>(flags);
        all.add("-Drnn4j.threads=1");
        StringBuilder text = new StringBuilder("| step | bytes allocated |\n|---|--:|\n");
        for (RunResult result : new Runner(new OptionsBuilder()
                        .include(AllocationBenchmark.class.getName() + "[.]")
                        .addProfiler(GCProfiler.class)
                        .jvm(java)
                        .jvmArgs(all.toArray(String[]::new))
                        .forks(1)
                        .warmupIterations(1)
                        .warmupTime(WARM)
                        .measurementIterations(2)
                        .measurementTime(MEASURED)
                        .shouldFailOnError(true)
                        .output(log.toString())
                        .build())
                .run()) {
            double bytes = Double.NaN;
            for (String name : result.getSecondaryResults().keySet()) {
                if (name.endsWith("gc.alloc.rate.norm")) {
                    bytes = result.getSecondaryResults().get(name).getScore();
                }
            }
            text.append(String.format(
                    Locale.ROOT, "| %s | %,.0f |%n", result.getParams().getParam("what"), bytes));
        }
        return text.toString();
    }
}
