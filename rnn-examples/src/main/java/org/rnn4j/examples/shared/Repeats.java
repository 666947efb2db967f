package org.rnn4j.examples.shared;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The options that all examples share, and the repetition with several seeds: one number may be luck.
 *
 * <pre>{@code
 * @Mixin
 * private Repeats repeats;
 *
 * public void run() {
 *     repeats.each(System.out, seed -> Map.of("accuracy", accuracy(repeats.runs("parity", seed))));
 * }
 * }</pre>
 */
public final class Repeats {
    @Option(names = "--seed", description = "The first seed.", paramLabel = "NUMBER", defaultValue = "1")
    private long seed;

    @Option(
            names = "--seeds",
            description = "Repeat with this many seeds, and print mean and spread.",
            paramLabel = "NUMBER",
            defaultValue = "1")
    private int seeds;

    @Mixin
    private RunOptions runs;

    /** For the command line. */
    public Repeats() {}

    /** Where pictures go. */
    public Path out() {
        return runs.out();
    }

    /** See {@link RunOptions#of}. */
    public Runs runs(String example, long seed) {
        return runs.of(example, seed);
    }

    /** The first seed, the one that pictures show. */
    public long first() {
        return seed;
    }

    /**
     * Runs something with each seed, one after the other.
     *
     * @param once from a seed to results by name, the same names in the same order for every seed
     * @return the results of all seeds by name
     */
    public Map<String, List<Double>> each(PrintStream printed, LongFunction<Map<String, Double>> once) {
        if (seeds < 1) {
            throw new IllegalArgumentException("--seeds is " + seeds + ", expected 1 or more");
        }
        Map<String, List<Double>> all = new LinkedHashMap<>();
        for (long s = seed; s < seed + seeds; s++) {
            printed.println("seed " + s);
            once.apply(s)
                    .forEach((name, value) ->
                            all.computeIfAbsent(name, key -> new ArrayList<>()).add(value));
        }
        printed.println("\nResults" + (seeds == 1 ? ":" : ", mean of " + seeds + " seeds (lowest to highest):"));
        all.forEach((name, values) -> printed.println("  " + line(name, values)));
        return all;
    }

    /** {@code 0.912 (0.905 to 0.920)  accuracy}. */
    public static String line(String name, List<Double> values) {
        double mean = values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        if (values.size() == 1) {
            return String.format(Locale.ROOT, "%8.3f  %s", mean, name);
        }
        double lowest = values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double highest = values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        return String.format(Locale.ROOT, "%8.3f (%.3f to %.3f)  %s", mean, lowest, highest, name);
    }
}
