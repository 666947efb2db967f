package org.rnn4j.benchmarks.kernel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Every product and every activation beside the roof that the same run measured. A product below {@value #LEAST_PERCENT} % of the roof is a
 * kernel that the JVM's compiler did not compile well: the report then fails.
 */
public final class KernelReport {
    private static final int LEAST_PERCENT = 35;
    private static final TimeValue WARM = TimeValue.milliseconds(500);
    private static final TimeValue MEASURED = TimeValue.milliseconds(300);

    private final String java;
    private final List<String> flags;
    private final Path log;
    private final List<String> slow = new ArrayList<>();

    /**
     * On a JDK, with one thread.
     *
     * @param java the program {@code java}
     * @param flags of the JVM
     * @param log where JMH writes what it does
     */
    public KernelReport(String java, List<String> flags, Path log) {
        this.java = java;
        this.flags = List.copyOf(flags);
        this.log = log;
    }

    /** The products that are below the limit. */
    public List<String> slow() {
        return List.copyOf(slow);
    }

    /** Measures, and gives the table as Markdown. */
    public String run() throws RunnerException {
        double roof = 0;
        double read = 0;
        for (RunResult result : run(new OptionsBuilder().include(RoofBenchmark.class.getName() + "[.]"))) {
            if (result.getPrimaryResult().getLabel().equals("read")) {
                read = 4.0 * RoofBenchmark.NUMBERS * best(result) / 1e9;
            } else {
                roof = Roof.OPERATIONS * best(result) / 1e9;
            }
        }
        StringBuilder text = new StringBuilder(format("FMA roof of one core: %.1f GFLOP/s%n%n", roof));
        text.append(
                "| product | M,N,K | GFLOP/s | best | of the roof | GB/s of the right operand |\n|---|---|--:|--:|--:|--:|\n");
        String[] names = Product.all().stream().map(Product::name).toArray(String[]::new);
        for (RunResult result : run(new OptionsBuilder()
                .include(ProductBenchmark.class.getName() + "[.]")
                .param("product", names))) {
            Product product = Product.parse(result.getParams().getParam("product"));
            double median = product.times() * median(result) / 1e9;
            double best = product.times() * best(result) / 1e9;
            double percent = 100 * best * product.operations() / roof;
            text.append(format(
                    "| %s | %d,%d,%d | %.1f | %.1f | %.0f %% | %.1f |%n",
                    product.role().toString().toLowerCase(Locale.ROOT).replace('_', ' '),
                    product.rows(),
                    product.columns(),
                    product.inner(),
                    median * product.operations(),
                    best * product.operations(),
                    percent,
                    best * product.rightBytes()));
            if (percent < LEAST_PERCENT && !product.isBoundByMemory()) {
                slow.add(product.name());
            }
        }
        text.append(format(
                "%nA plain read of an array of %d MB reaches %.1f GB/s.%n%n",
                4 * RoofBenchmark.NUMBERS / 1_000_000, read));
        text.append("| activation | ns an element |\n|---|--:|\n");
        for (RunResult result : run(new OptionsBuilder().include(FunctionBenchmark.class.getName() + "[.]"))) {
            text.append(format(
                    "| %s | %.3f |%n",
                    result.getParams().getParam("function").toLowerCase(Locale.ROOT),
                    1e9 / median(result) / FunctionBenchmark.TIMES / FunctionBenchmark.ELEMENTS));
        }
        text.append(withoutVectors());
        slow.forEach(name -> text.append(format("%n%s is below %d %% of the roof.%n", name, LEAST_PERCENT)));
        return text.toString();
    }

    /** The plain loops beside EJML, on the products of one step. */
    private String withoutVectors() throws RunnerException {
        String[] names = Product.all().stream()
                .filter(product -> product.role() == Product.Role.RECURRENT)
                .map(Product::name)
                .toArray(String[]::new);
        Map<String, Double> ejml = new LinkedHashMap<>();
        for (RunResult result : run(new OptionsBuilder()
                .include(EjmlBenchmark.class.getName() + "[.]")
                .param("product", names))) {
            ejml.put(result.getParams().getParam("product"), best(result));
        }
        StringBuilder text = new StringBuilder("""

                | without the Vector API | GFLOP/s | EJML | times faster |
                |---|--:|--:|--:|
                """);
        List<String> plain = flags.stream()
                .filter(flag -> !flag.contains("jdk.incubator.vector"))
                .toList();
        for (RunResult result : new KernelReport(java, plain, log)
                .run(new OptionsBuilder()
                        .include(ProductBenchmark.class.getName() + "[.]")
                        .param("product", names))) {
            Product product = Product.parse(result.getParams().getParam("product"));
            double unit = product.times() * product.operations() / 1e9;
            double other = ejml.get(product.name());
            text.append(format(
                    "| %d,%d,%d | %.1f | %.1f | %.2f |%n",
                    product.rows(),
                    product.columns(),
                    product.inner(),
                    unit * best(result),
                    unit * other,
                    best(result) / other));
        }
        return text.toString();
    }

    private Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
        List<String> all = new ArrayList<>(flags);
        all.add("-Drnn4j.threads=1");
        return new Runner(options.jvm(java)
                        .jvmArgs(all.toArray(String[]::new))
                        .forks(1)
                        .warmupIterations(4)
                        .warmupTime(WARM)
                        .measurementIterations(5)
                        .measurementTime(MEASURED)
                        .shouldFailOnError(true)
                        .output(log.toString())
                        .build())
                .run();
    }

    /** Invocations a second. */
    private static double median(RunResult result) {
        return result.getPrimaryResult().getStatistics().getPercentile(50);
    }

    /** Of the fastest iteration: what the compiled code can do, whoever else uses the machine. */
    private static double best(RunResult result) {
        return result.getPrimaryResult().getStatistics().getMax();
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
