package org.rnn4j.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.rnn4j.benchmarks.measure.LayerAlone;

/** Comparisons as Markdown. */
public final class Tables {
    private Tables() {}

    /** Ours line by line, with the fastest peer and with DL4J where they were run, and the geometric means. */
    public static String of(Comparison comparison) {
        boolean peers = comparison.rows().stream().anyMatch(row -> row.fastest().isPresent());
        StringBuilder text = new StringBuilder(format(
                "### %d thread%s, rnn4j (%s)%n%n",
                comparison.threads(), comparison.threads() == 1 ? "" : "s", comparison.setting()));
        text.append("| line | unit | rnn4j | min | CPU | spread | GFLOP/s | of the roof |");
        text.append(peers ? " fastest peer | its time | spread | **times faster** | dl4j | times faster |\n" : "\n");
        text.append("|---|---|--:|--:|--:|--:|--:|--:|").append(peers ? "---|--:|--:|--:|--:|--:|\n" : "\n");
        for (Comparison.Row row : comparison.rows()) {
            List<String> cells = new ArrayList<>(List.of(row.line()));
            Optional<Timing> ours = Optional.ofNullable(row.ours());
            Optional<Timing> any = ours.or(row::fastest);
            cells.add(any.map(Timing::unit).orElse(""));
            cells.add(cell(ours.map(Timing::median)));
            cells.add(cell(ours.map(Timing::min)));
            cells.add(cell(ours.map(Timing::cpu)));
            cells.add(percent(ours));
            Optional<Double> rate = ours.filter(timing -> LayerAlone.isOne(row.line()))
                    .map(timing -> LayerAlone.of(row.line()).operations() / timing.median() / 1e6);
            cells.add(cell(rate));
            cells.add(rate.map(known -> format("%.0f %%", 100 * known / comparison.roof()))
                    .orElse("–"));
            if (peers) {
                cells.add(row.fastest().map(Timing::name).orElse(""));
                cells.add(cell(row.fastest().map(Timing::median)));
                cells.add(percent(row.fastest()));
                cells.add("**" + times(row.times()) + "**");
                cells.add(cell(row.fastest(Comparison.DL4J).map(Timing::median)));
                cells.add(times(row.times(Comparison.DL4J)));
            }
            text.append("| ").append(String.join(" | ", cells)).append(" |\n");
        }
        if (!Double.isNaN(comparison.roof())) {
            text.append(format("%nFMA roof of these cores: %.1f GFLOP/s.%n", comparison.roof()));
        }
        if (peers) {
            text.append(format(
                    "%nGeometric mean: %s against the fastest setting of the fastest peer (%d lines), %s against dl4j.%n",
                    times(comparison.mean()),
                    comparison.rows().stream()
                            .filter(row -> row.times().isPresent())
                            .count(),
                    times(comparison.mean(Comparison.DL4J))));
        }
        return text.toString();
    }

    /** Every peer with every setting: its median on every line. */
    public static String all(Comparison comparison) {
        List<String> names = comparison.rows().stream()
                .flatMap(row -> row.others().stream())
                .map(Timing::name)
                .distinct()
                .sorted()
                .toList();
        StringBuilder text = new StringBuilder("| line | unit | rnn4j |");
        names.forEach(name -> text.append(" ").append(name).append(" |"));
        text.append("\n|---|---|--:|").append("--:|".repeat(names.size())).append("\n");
        for (Comparison.Row row : comparison.rows()) {
            Optional<Timing> ours = Optional.ofNullable(row.ours());
            List<String> cells = new ArrayList<>(List.of(row.line()));
            cells.add(ours.or(row::fastest).map(Timing::unit).orElse(""));
            cells.add(cell(ours.map(Timing::median)));
            for (String name : names) {
                cells.add(cell(row.others().stream()
                        .filter(timing -> timing.name().equals(name))
                        .findFirst()
                        .map(Timing::median)));
            }
            text.append("| ").append(String.join(" | ", cells)).append(" |\n");
        }
        return text.toString();
    }

    /** From the first round: losses, so that who does not learn is seen, what a step allocated, and peak memory. */
    public static String learning(List<Sample> samples) {
        StringBuilder text = new StringBuilder(
                "| line | threads | who | loss of the first step | of the last | steps | kB a step on the Java heap | peak MiB |\n");
        text.append("|---|--:|---|--:|--:|--:|--:|--:|\n");
        samples.stream()
                .filter(sample -> sample.round() == 1
                        && sample.result().kind().equals("RESULT")
                        && (sample.peer().equals(Comparison.OURS)
                                || sample.result().fields().containsKey("loss_first")))
                .forEach(sample -> {
                    Result result = sample.result();
                    text.append(format(
                            "| %s | %d | %s | %s | %s | %s | %s | %s |%n",
                            result.work(),
                            sample.threads(),
                            sample.name(),
                            result.fields().getOrDefault("loss_first", "–"),
                            result.fields().getOrDefault("loss_last", "–"),
                            result.fields().getOrDefault("steps", "–"),
                            result.fields().getOrDefault("alloc_kb", "–"),
                            result.fields().getOrDefault("rss_mib", "–")));
                });
        return text.toString();
    }

    private static String cell(Optional<Double> number) {
        return number.map(Tables::digits).orElse("–");
    }

    /** Three digits that say something. */
    static String digits(double number) {
        if (!(Math.abs(number) < 100)) {
            return format("%.0f", number);
        }
        return format(number < 1 ? "%.3f" : number < 10 ? "%.2f" : "%.1f", number);
    }

    private static String percent(Optional<Timing> timing) {
        return timing.map(known -> format("%.0f %%", 100 * known.spread())).orElse("–");
    }

    private static String times(OptionalDouble times) {
        return times.isPresent() ? format("%.2fx", times.getAsDouble()) : "–";
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
