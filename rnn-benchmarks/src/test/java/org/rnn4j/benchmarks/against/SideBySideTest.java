package org.rnn4j.benchmarks.against;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.benchmarks.report.Result;

class SideBySideTest {
    private final ClassLoader loader = Thread.currentThread().getContextClassLoader();

    @AfterEach
    void restore() {
        System.clearProperty(SideBySide.BEFORE);
        Thread.currentThread().setContextClassLoader(loader);
    }

    /** What it prints of a layer so small that it takes no time. */
    private static List<Result> run(String... settings) throws Exception {
        PrintStream out = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            SideBySide.main(settings);
        } finally {
            System.setOut(out);
        }
        return said.toString(StandardCharsets.UTF_8)
                .lines()
                .flatMap(line -> Result.parse(line).stream())
                .toList();
    }

    private static List<String> sides(List<Result> results) {
        return results.stream().map(result -> result.text("side")).toList();
    }

    @Test
    void sidesTakeTurnsBetweenProbes() throws Exception {
        System.setProperty(SideBySide.BEFORE, System.getProperty("java.class.path"));
        List<Result> results = run("W5-gru-2x3x4x5", "warm=0", "patience=0", "seconds=0", "threads=2");
        assertEquals(List.of("before", "after", "after", "before", "before", "after"), sides(results));
        for (int i = 0; i < results.size(); i++) {
            Result result = results.get(i);
            assertEquals("PROBED", result.kind());
            assertEquals("ms", result.text("unit"));
            assertTrue(result.number("value") > 0 && result.number("before") > 0, result.toString());
            if (i > 0) {
                assertEquals(results.get(i - 1).text("after"), result.text("before"));
            }
        }
        assertEquals(
                List.of("after", "before", "before", "after", "after", "before"),
                sides(run("W5-gru-2x3x4x5", "warm=0", "patience=0", "seconds=0", "first=after")));
    }

    /** A class path with benchmarks of its own: one line, and the time that they say it took. */
    private static String benchmarks(Path folder, String line, double time) throws IOException {
        Path source = folder.resolve("Samples.java");
        Files.writeString(
                source,
                String.format(
                        Locale.ROOT,
                        "package org.rnn4j.benchmarks.work; import java.util.Map; import java.util.function.DoubleSupplier;"
                                + " public class Samples { public static Map<String, DoubleSupplier> of(String... arguments) {"
                                + " return Map.of(\"%s\", () -> %s); } }",
                        line,
                        time));
        assertEquals(
                0,
                ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", folder.toString(), source.toString()));
        return folder.toString();
    }

    @Test
    void aCommitIsMeasuredByItsOwnBenchmarks(@TempDir Path folder) throws Exception {
        System.setProperty(SideBySide.BEFORE, benchmarks(folder, "W5-gru-2x3x4x5 ms", 1234.5));
        for (Result result : run("W5-gru-2x3x4x5", "warm=0", "patience=0", "seconds=0")) {
            assertEquals(
                    result.text("side").equals("before"), result.number("value") == 1234.5, "a side's own: " + result);
        }
    }

    @Test
    void sidesThatMeasureDifferentLinesAreNotCompared(@TempDir Path folder) throws Exception {
        System.setProperty(SideBySide.BEFORE, benchmarks(folder, "W5-gru-2x3x4x5 us", 1));
        IllegalStateException failure = assertThrows(
                IllegalStateException.class, () -> run("W5-gru-2x3x4x5", "warm=0", "patience=0", "seconds=0"));
        assertEquals(
                "the sides measure different lines: [W5-gru-2x3x4x5 us] before, [W5-gru-2x3x4x5 ms] after",
                failure.getMessage());
    }

    @Test
    void aSideHasTheLibrariesThatItWasGivenAndNoOthers() {
        System.setProperty(SideBySide.BEFORE, "/nothing-here.jar");
        ClassNotFoundException failure = assertThrows(
                ClassNotFoundException.class, () -> run("W5-gru-2x3x4x5", "warm=0", "patience=0", "seconds=0"));
        assertTrue(failure.getMessage().contains("Samples"), failure.getMessage());
    }
}
