package org.rnn4j.benchmarks.run;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rnn4j.benchmarks.report.Result;
import org.rnn4j.benchmarks.work.Fingerprint;

/** The same training in processes that differ in all that must make no difference: threads, vector widths, JDKs, the Vector API itself. */
public final class Determinism {
    private static final long LIMIT_SECONDS = 3600;

    private final List<String> training;

    /**
     * What is trained.
     *
     * @param training the arguments of {@link Fingerprint}
     */
    public Determinism(List<String> training) {
        this.training = List.copyOf(training);
    }

    /**
     * How a process is started.
     *
     * @param java the program {@code java}
     * @param threads of the kernels
     * @param vectorBytes the widest vectors; 0 for plain loops, without the Vector API
     */
    public record Variant(String java, int threads, int vectorBytes) {
        List<String> command(List<String> training) {
            List<String> command = new ArrayList<>(List.of(java));
            if (vectorBytes > 0) {
                command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-XX:MaxVectorSize=" + vectorBytes));
            }
            command.add("-Drnn4j.threads=" + threads);
            command.addAll(List.of("-cp", classPath(), Fingerprint.class.getName()));
            command.addAll(training);
            return command;
        }

        /** This process', whether it has modules or not. */
        private static String classPath() {
            return Stream.of("java.class.path", "jdk.module.path")
                    .map(System::getProperty)
                    .filter(path -> path != null && !path.isEmpty())
                    .collect(Collectors.joining(File.pathSeparator));
        }

        @Override
        public String toString() {
            String vectors = vectorBytes == 0 ? "plain loops" : "vectors of at most " + vectorBytes + " bytes";
            return java + ", " + threads + (threads == 1 ? " thread, " : " threads, ") + vectors;
        }
    }

    /**
     * What came of one.
     *
     * @param variant how it was started
     * @param hash of all bits; empty where the process failed
     * @param said what it said of the training, or why it failed
     */
    public record Outcome(Variant variant, Optional<String> hash, String said) {}

    /** All combinations of JDKs, 1, 2 and 4 threads and three vector widths; and the plain loops with 1 and 4 threads. */
    public static List<Variant> matrix(List<String> javas) {
        List<Variant> variants = new ArrayList<>();
        for (String java : javas) {
            for (int vectorBytes : new int[] {16, 32, 64}) {
                for (int threads : new int[] {1, 2, 4}) {
                    variants.add(new Variant(java, threads, vectorBytes));
                }
            }
            variants.add(new Variant(java, 1, 0));
            variants.add(new Variant(java, 4, 0));
        }
        return variants;
    }

    /** Runs one. */
    public Outcome run(Variant variant) throws InterruptedException {
        try {
            Child child = Child.run(variant.command(training), Map.of(), LIMIT_SECONDS);
            Optional<Result> result = child.out().stream()
                    .flatMap(line -> Result.parse(line).stream())
                    .filter(line -> line.kind().equals("HASH"))
                    .findFirst();
            return new Outcome(
                    variant,
                    result.map(line -> line.text("sha256")),
                    result.map(line -> "loss " + line.text("loss")).orElseGet(child::reason));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether all ended, with the same bits. */
    public static boolean same(List<Outcome> outcomes) {
        return outcomes.stream().map(Outcome::hash).distinct().count() == 1
                && outcomes.get(0).hash().isPresent();
    }
}
