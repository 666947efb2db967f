package org.rnn4j.benchmarks.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A process that has ended.
 *
 * @param status its exit status; -1 where it was ended for taking too long
 * @param out the lines of its standard output
 * @param err the lines of its standard error
 */
public record Child(int status, List<String> out, List<String> err) {
    /** They would change what is measured, or say something on standard error. */
    private static final Set<String> NOT_INHERITED = Set.of(
            "JAVA_TOOL_OPTIONS",
            "JDK_JAVA_OPTIONS",
            "_JAVA_OPTIONS",
            "OPENBLAS_CORETYPE",
            "OPENBLAS_L2_SIZE",
            "GLIBC_TUNABLES");

    /** Copies the lists. */
    public Child {
        out = List.copyOf(out);
        err = List.copyOf(err);
    }

    /** Runs a command to its end, at most for so many seconds. */
    public static Child run(List<String> command, Map<String, String> environment, long seconds)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("rnn-bench", ".out");
        Path err = Files.createTempFile("rnn-bench", ".err");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().keySet().removeAll(NOT_INHERITED);
            builder.environment().putAll(environment);
            Process process = builder.start();
            try {
                boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
                return new Child(ended ? process.exitValue() : -1, lines(out), lines(err));
            } finally {
                process.destroyForcibly();
            }
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** A native library may print what is no UTF-8. */
    private static List<String> lines(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                .lines()
                .toList();
    }

    /** Why it failed: the last line on standard error that is no frame of a trace. */
    public String reason() {
        if (status == -1) {
            return "took too long";
        }
        String said = err.stream()
                .filter(line -> !line.startsWith("\tat ") && !line.startsWith("WARNING") && !line.isBlank())
                .reduce((before, after) -> after.startsWith("Caused by") || before.isEmpty() ? after : before)
                .orElse("nothing on standard error");
        return "exit status " + status + ": " + said;
    }
}
