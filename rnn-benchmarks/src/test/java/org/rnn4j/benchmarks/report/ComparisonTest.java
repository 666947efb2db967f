package org.rnn4j.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.serialization.configuration.JsonFile;

class ComparisonTest {
    private final List<Sample> samples = new ArrayList<>();

    /** Processes of one contender, one median each. */
    private void measured(String peer, String setting, String line, double... medians) {
        for (int round = 1; round <= medians.length; round++) {
            double median = medians[round - 1];
            String text = "RESULT work=" + line + " unit=ms median=" + median + " min=" + median / 2;
            samples.add(new Sample(peer, setting, 1, round, Result.parse(text).orElseThrow()));
        }
    }

    private Comparison comparison() {
        return Comparison.of(samples, "default", 1);
    }

    private Comparison.Row row(String line) {
        return comparison().rows().stream()
                .filter(row -> row.line().equals(line))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void thereAreEighteenLines() {
        assertEquals(18, Contest.lines().size());
        assertEquals(17, Contest.workloads().size());
        assertTrue(Contest.lines().contains("W5-gru-64x50x512x512"));
    }

    @Test
    void theFastestSettingOfTheFastestPeerCounts() {
        measured("rnn4j", "default", "W1", 2, 1, 3);
        measured("djl", "default", "W1", 8, 8, 8);
        measured("djl", "huge pages", "W1", 6, 7, 100);
        measured("dl4j", "default", "W1", 20);
        measured("dl4j", "Haswell", "W1", 10);
        Comparison.Row row = row("W1");
        assertEquals("djl (huge pages)", row.fastest().orElseThrow().name());
        assertEquals(3.5, row.times().orElseThrow());
        assertEquals("Haswell", row.fastest("dl4j").orElseThrow().setting());
        assertEquals(5, row.times("dl4j").orElseThrow());
        assertEquals(0.5, row.ours().min());
        assertEquals(1, row.ours().spread());
        assertEquals(3, row.ours().processes());
    }

    @Test
    void theMeanIsOverTheLinesThatBothHave() {
        measured("rnn4j", "default", "W1", 1);
        measured("rnn4j", "default", "W2", 10);
        measured("rnn4j", "default", "W3", 5);
        measured("djl", "default", "W1", 4);
        measured("djl", "default", "W2", 10);
        measured("djl", "default", "W4", 1);
        assertEquals(2, comparison().mean().orElseThrow(), 1e-12);
        assertFalse(comparison().mean("dl4j").isPresent());
        assertFalse(row("W3").times().isPresent());
        assertFalse(row("W4").times().isPresent());
    }

    @Test
    void anotherSettingOfOursAndAnotherNumberOfThreadsAreComparedOnTheirOwn() {
        measured("rnn4j", "default", "W1", 2);
        measured("rnn4j", "huge pages", "W1", 1);
        measured("djl", "default", "W1", 4);
        assertEquals(2, comparison().mean().orElseThrow(), 1e-12);
        assertEquals(4, Comparison.of(samples, "huge pages", 1).mean().orElseThrow(), 1e-12);
        assertTrue(Comparison.of(samples, "default", 2).rows().isEmpty());
    }

    @Test
    void theReportHasTheTableTheMissingAndTheSameNumbersAsJson(@TempDir Path folder) throws Exception {
        measured("rnn4j", "default", "W5-lstm-32x64x128x128", 10);
        measured("djl", "default", "W5-lstm-32x64x128x128", 15);
        samples.add(new Sample(
                "rnn4j",
                "default",
                1,
                1,
                Result.parse("ROOF work=roof gflops=200").orElseThrow()));
        Report report = new Report("a machine", samples, Map.of("python", "there is none"));
        String markdown = report.markdown();
        // 6·32·64·4·128·256 operations in 10 ms are 161 GFLOP/s
        assertTrue(markdown.contains("| 161 | 81 % | djl (default) | 15.0 | 0 % | **1.50x** |"), markdown);
        assertTrue(markdown.contains("- python: there is none"), markdown);

        report.write(folder);
        assertEquals(markdown, Files.readString(folder.resolve("bench.md")));
        Map<String, Object> json = JsonFile.read(folder.resolve("bench.json"));
        Map<?, ?> first = (Map<?, ?>) ((List<?>) json.get("comparisons")).get(0);
        assertEquals(1.5, (Double) first.get("geometricMean"), 1e-12);
        assertEquals(3, ((List<?>) json.get("samples")).size());
        assertEquals(Map.of("python", "there is none"), json.get("missing"));
    }
}
