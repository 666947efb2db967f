package org.rnn4j.benchmarks.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.rnn4j.benchmarks.report.Result;
import org.rnn4j.benchmarks.work.Endurance;

/**
 * How soon a process that was just started has done its first step, how much memory it takes, and whether that stays so. Nobody is kept on one core,
 * as no user does that; everybody computes with one thread.
 */
public final class MemoryReport {
    private static final long LIMIT_SECONDS = 900;
    private static final long LONG_SECONDS = 24 * 3600;
    private static final String LAYER = "W5-lstm-32x64x128x128";

    private final List<Contender> contenders;
    private final int rounds;

    /** Of contenders, each so many times. */
    public MemoryReport(List<Contender> contenders, int rounds) {
        this.contenders = List.copyOf(contenders);
        this.rounds = rounds;
    }

    /** Measures the cold start and the peak, and gives the table as Markdown. */
    public String run() throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder("""
                | who | start to first W1 step, s | to first step of W5's LSTM 32,64,128,128, s | peak of 30 W2 steps, MiB |
                |---|--:|--:|--:|
                """);
        for (Contender contender : contenders) {
            if (contender.runs("W1")) {
                text.append(String.format(
                        Locale.ROOT,
                        "| %s | %s | %s | %s |%n",
                        contender.name(),
                        median(
                                contender,
                                "COLD",
                                List.of("W1", "steps=1"),
                                result -> result.number("first_step_done_s")),
                        median(
                                contender,
                                "COLD",
                                List.of(LAYER, "steps=1"),
                                result -> result.number("first_step_done_s")),
                        median(contender, "RESULT", List.of("W2", "steps=30"), result -> result.number("rss_mib"))));
            }
        }
        return text.toString();
    }

    private String median(Contender contender, String kind, List<String> arguments, ToDoubleFunction<Result> number)
            throws IOException, InterruptedException {
        List<Double> numbers = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            Child child = Child.run(contender.command(1, arguments), contender.environment(1), LIMIT_SECONDS);
            Optional<Result> result = child.out().stream()
                    .flatMap(line -> Result.parse(line).stream())
                    .filter(line -> line.kind().equals(kind))
                    .findFirst();
            if (child.status() != 0 || result.isEmpty()) {
                return "failed (" + child.reason() + ")";
            }
            numbers.add(number.applyAsDouble(result.get()));
        }
        numbers.sort(null);
        return String.format(
                Locale.ROOT, "%.4g (%.4g to %.4g)", numbers.get(rounds / 2), numbers.get(0), numbers.get(rounds - 1));
    }

    /**
     * Trains W2 for many steps in a heap of 256 MB.
     *
     * @return the live set ten times as Markdown, or why it failed
     */
    public static String endurance(Ours ours, int steps) throws IOException, InterruptedException {
        List<String> command =
                ours.command(List.of("-Xmx256m"), List.of(Endurance.class.getName(), "W2", "steps=" + steps));
        Contender contender = new Contender("rnn4j", "256 MB", command, Map.of(), Contender.EVERYTHING);
        Child child = Child.run(contender.command(1, List.of()), contender.environment(1), LONG_SECONDS);
        StringBuilder text =
                new StringBuilder("| W2 step | live set, MiB | peak resident, MiB | loss |\n|--:|--:|--:|--:|\n");
        child.out().stream()
                .flatMap(line -> Result.parse(line).stream())
                .forEach(line -> text.append(String.format(
                        Locale.ROOT,
                        "| %s | %s | %s | %s |%n",
                        line.text("step"),
                        line.text("live_mib"),
                        line.text("rss_mib"),
                        line.text("loss"))));
        return child.status() == 0 ? text.toString() : text + "\nIt failed: " + child.reason() + "\n";
    }
}
