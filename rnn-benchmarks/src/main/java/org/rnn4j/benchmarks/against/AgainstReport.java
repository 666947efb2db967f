package org.rnn4j.benchmarks.against;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * The differences as Markdown.
 *
 * @param commit what the working tree is compared with
 * @param pairs how many every line should have
 * @param differences a line each
 * @param failures who could not be measured, and why
 */
public record AgainstReport(String commit, int pairs, List<Difference> differences, Map<String, String> failures) {
    /** Copies. */
    public AgainstReport {
        differences = List.copyOf(differences);
        failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
    }

    /** Of what was read in turns. */
    public static AgainstReport of(String commit, Turns turns) {
        return new AgainstReport(commit, turns.pairs(), Difference.all(turns.readings()), turns.failures());
    }

    /** Whether every line has its pairs and keeps its bound. */
    public boolean holds() {
        return failures.isEmpty()
                && !differences.isEmpty()
                && differences.stream()
                        .allMatch(line -> line.pairs() >= pairs && line.verdict() == Difference.Verdict.HOLDS);
    }

    /** The table, and what it is about. */
    public String markdown() {
        StringBuilder text = new StringBuilder("Before is commit " + commit + ", after is the working tree.\n\n");
        text.append("| line | threads | unit | before: fastest | median | after: fastest | median | change | 95 % |"
                + " pairs | roof, GFLOP/s a core | kept, before and after | verdict |\n"
                + "|---|--:|---|--:|--:|--:|--:|--:|---|--:|--:|---|---|\n");
        differences.forEach(line -> text.append(row(line)));
        int kept = sum(line -> line.kept());
        int taken = sum(line -> line.taken());
        text.append(format(
                "%nKept are %d of %d samples: those between two probes that both reach %.0f %% of the line's roof.%n",
                kept, taken, 100 * Roofs.SHARE));
        text.append(
                "The change is the median of the pairs' changes, a pair being the medians of both sides in one process; below x1 the"
                        + " working tree is faster.\nA line holds where the whole interval is at most "
                        + Bound.PERCENT.text(Bound.PERCENT.most()) + ", or "
                        + Bound.SECOND.text(Bound.SECOND.most())
                        + " for save and load; it is open where the interval is on both sides: more --rounds narrow it.\n");
        if (differences.stream().anyMatch(line -> line.pairs() < pairs)) {
            text.append("\nNot every line has its ").append(pairs).append(" pairs: the time was over.\n");
        }
        failures.forEach((who, why) -> text.append("\nNot measured: ")
                .append(who)
                .append(": ")
                .append(why)
                .append('\n'));
        return text.toString();
    }

    private int sum(ToIntFunction<Difference.Times> count) {
        return differences.stream()
                .flatMap(line -> Stream.of(line.before(), line.after()))
                .mapToInt(count)
                .sum();
    }

    private static String row(Difference line) {
        Bound bound = Bound.of(line.unit());
        List<String> cells = new ArrayList<>(List.of(
                line.line(),
                Integer.toString(line.threads()),
                line.unit(),
                time(line.before().fastest()),
                time(line.before().median()),
                time(line.after().fastest()),
                time(line.after().median()),
                line.pairs() == 0 ? "–" : bound.text(line.change())));
        cells.add(line.interval()
                .map(all -> bound.text(all.low()) + " to " + bound.text(all.high()))
                .orElse("–"));
        cells.add(Integer.toString(line.pairs()));
        cells.add(format("%.0f", line.roof()));
        cells.add(kept(line.before()) + ", " + kept(line.after()));
        cells.add(line.verdict().name().toLowerCase(Locale.ROOT));
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static String kept(Difference.Times times) {
        return times.kept() + " of " + times.taken();
    }

    private static String time(double value) {
        return Double.isNaN(value) ? "–" : format(value < 10 ? "%.3f" : "%.1f", value);
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
