package org.rnn4j.examples;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** Adds up the jars that a user of RNN4J needs, ours and those that they depend on. */
@Command(name = "sizes", description = "How large the jars are that a program needs.", mixinStandardHelpOptions = true)
public final class Sizes implements Runnable {
    private static final List<String> INFERENCE = List.of("rnn-api", "rnn-core", "rnn-layers", "ejml-");
    private static final List<String> TRAINING = List.of("rnn-training");
    private static final List<String> LOADING = List.of("rnn-serialization", "jackson-", "snakeyaml");
    private static final List<String> EXAMPLES_ONLY =
            List.of("rnn-examples", "picocli", "crunch-test", "extjwnl-data", "vader-", "timeseries-", "math-");

    /** For the command line. */
    public Sizes() {}

    @Override
    public void run() {
        List<Path> classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        sizes(classPath).forEach(System.out::println);
    }

    /** A line for each use that a program may make of RNN4J. */
    static List<String> sizes(List<Path> classPath) {
        List<Path> jars = classPath.stream()
                .filter(path -> path.toString().endsWith(".jar"))
                .filter(path -> !startsWithOneOf(path, EXAMPLES_ONLY))
                .sorted()
                .toList();
        return List.of(
                line("inference (core, layers)", which(jars, INFERENCE, List.of())),
                line("training in a program of one's own (training, layers)", which(jars, INFERENCE, TRAINING)),
                line("models from files (serialization, layers)", which(jars, INFERENCE, LOADING)),
                line("training from a configuration file (run, layers)", jars));
    }

    private static List<Path> which(List<Path> jars, List<String> some, List<String> others) {
        return jars.stream()
                .filter(jar -> startsWithOneOf(jar, some) || startsWithOneOf(jar, others))
                .toList();
    }

    private static boolean startsWithOneOf(Path jar, List<String> prefixes) {
        String name = jar.getFileName().toString();
        return prefixes.stream().anyMatch(name::startsWith);
    }

    private static String line(String what, List<Path> jars) {
        long bytes = 0;
        for (Path jar : jars) {
            try {
                bytes += Files.size(jar);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return String.format(Locale.ROOT, "%5.2f MB in %2d jars: %s", bytes / 1e6, jars.size(), what);
    }
}
