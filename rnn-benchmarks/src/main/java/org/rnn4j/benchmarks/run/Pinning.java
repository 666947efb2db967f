package org.rnn4j.benchmarks.run;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Keeps a process on as many cores as it has threads, the last ones: with {@code taskset}, where the system has it. */
public final class Pinning {
    private static final String COMMAND = "taskset";

    private Pinning() {}

    /** The command on its cores. */
    public static List<String> on(int threads, List<String> command) {
        int cores = Runtime.getRuntime().availableProcessors();
        if (threads > cores || !exists()) {
            return command;
        }
        String list = IntStream.range(cores - threads, cores)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(","));
        return Stream.concat(Stream.of(COMMAND, "-c", list), command.stream()).toList();
    }

    private static boolean exists() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, COMMAND)));
    }
}
