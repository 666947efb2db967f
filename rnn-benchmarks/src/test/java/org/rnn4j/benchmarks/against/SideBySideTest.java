package org.rnn4j.benchmarks.against;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
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

    @Test
    void aSideHasTheLibrariesThatItWasGivenAndNoOthers() {
        System.setProperty(SideBySide.BEFORE, "/nothing-here.jar");
        ClassNotFoundException failure = assertThrows(
                ClassNotFoundException.class, () -> run("W5-gru-2x3x4x5", "warm=0", "patience=0", "seconds=0"));
        assertTrue(failure.getMessage().contains("Samples"), failure.getMessage());
    }
}
