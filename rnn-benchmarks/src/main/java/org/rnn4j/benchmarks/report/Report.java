package org.rnn4j.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.rnn4j.serialization.configuration.JsonFile;

/** All that was measured, as Markdown and as JSON. */
public final class Report {
    private final String machine;
    private final List<Sample> samples;
    private final Map<String, String> missing;
    private final List<Comparison> comparisons = new ArrayList<>();

    /**
     * A report.
     *
     * @param machine what was measured on: {@link Machine#describe}
     * @param missing who could not be measured, and why
     */
    public Report(String machine, List<Sample> samples, Map<String, String> missing) {
        this.machine = machine;
        this.samples = List.copyOf(samples);
        this.missing = new LinkedHashMap<>(missing);
        for (int threads : samples.stream().map(Sample::threads).distinct().toList()) {
            for (String setting : samples.stream()
                    .filter(sample -> sample.peer().equals(Comparison.OURS))
                    .map(Sample::setting)
                    .distinct()
                    .toList()) {
                comparisons.add(Comparison.of(samples, setting, threads));
            }
        }
    }

    /** The comparisons: by number of threads, and by setting of ours. */
    public List<Comparison> comparisons() {
        return List.copyOf(comparisons);
    }

    /** As Markdown. */
    public String markdown() {
        StringBuilder text = new StringBuilder(machine + "\n");
        comparisons.forEach(comparison -> text.append("\n").append(Tables.of(comparison)));
        comparisons.stream()
                .filter(comparison ->
                        comparison.rows().stream().anyMatch(row -> row.others().size() > 1))
                .forEach(comparison -> text.append(String.format(
                                Locale.ROOT,
                                "%n### Every setting, %d threads, rnn4j (%s)%n%n",
                                comparison.threads(),
                                comparison.setting()))
                        .append(Tables.all(comparison)));
        text.append("\n").append(Tables.learning(samples));
        if (!missing.isEmpty()) {
            text.append("\n### Not measured\n\n");
            missing.forEach((who, why) ->
                    text.append("- ").append(who).append(": ").append(why).append("\n"));
        }
        return text.toString();
    }

    /** Writes {@code bench.md} and {@code bench.json}. */
    public void write(Path folder) throws IOException {
        Files.writeString(folder.resolve("bench.md"), markdown());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("machine", machine);
        json.put("comparisons", comparisons.stream().map(Report::plain).toList());
        json.put("missing", missing);
        json.put("samples", samples.stream().map(Report::plain).toList());
        JsonFile.write(folder.resolve("bench.json"), json);
    }

    private static Map<String, Object> plain(Comparison comparison) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("setting", comparison.setting());
        plain.put("threads", comparison.threads());
        plain.put("roof", comparison.roof());
        plain.put("geometricMean", orNull(comparison.mean()));
        plain.put("geometricMeanDl4j", orNull(comparison.mean(Comparison.DL4J)));
        List<Object> rows = new ArrayList<>();
        for (Comparison.Row row : comparison.rows()) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("line", row.line());
            line.put("times", orNull(row.times()));
            line.put("timesDl4j", orNull(row.times(Comparison.DL4J)));
            line.put("ours", row.ours() == null ? null : plain(row.ours()));
            line.put("others", row.others().stream().map(Report::plain).toList());
            rows.add(line);
        }
        plain.put("lines", rows);
        return plain;
    }

    private static Map<String, Object> plain(Timing timing) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("peer", timing.peer());
        plain.put("setting", timing.setting());
        plain.put("unit", timing.unit());
        plain.put("median", timing.median());
        plain.put("min", timing.min());
        plain.put("cpu", timing.cpu());
        plain.put("spread", timing.spread());
        plain.put("processes", timing.processes());
        return plain;
    }

    private static Map<String, Object> plain(Sample sample) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("peer", sample.peer());
        plain.put("setting", sample.setting());
        plain.put("round", sample.round());
        plain.put("kind", sample.result().kind());
        plain.putAll(sample.result().fields());
        plain.put("peer", sample.peer());
        plain.put("threads", sample.threads());
        return plain;
    }

    private static Object orNull(OptionalDouble number) {
        return number.isPresent() ? number.getAsDouble() : null;
    }
}
