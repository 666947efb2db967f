package org.rnn4j.benchmarks.run;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.rnn4j.benchmarks.measure.LayerAlone;
import org.rnn4j.benchmarks.report.Result;

/**
 * How the time of an LSTM layer, forward and backward, grows with the hidden width H, the steps T and the rows N, one at a time. Linear in T and
 * N where a step of a row costs the same, no faster than H² where the GFLOP/s do not fall.
 */
public final class Scaling {
    private static final long LIMIT_SECONDS = 900;

    private final Contender contender;
    private final int threads;
    private final Budget budget;

    /** Of a contender with so many threads. */
    public Scaling(Contender contender, int threads, Budget budget) {
        this.contender = contender;
        this.threads = threads;
        this.budget = budget;
    }

    private static Stream<LayerAlone> sizes() {
        return Stream.of(
                        IntStream.of(64, 128, 256, 512, 1024, 2048).mapToObj(h -> layer(20, 20, h)),
                        IntStream.of(10, 50, 100, 500, 1000, 2000).mapToObj(t -> layer(20, t, 128)),
                        IntStream.of(1, 4, 16, 64, 256).mapToObj(n -> layer(n, 50, 128)))
                .flatMap(sizes -> sizes);
    }

    private static LayerAlone layer(int rows, int steps, int hidden) {
        return new LayerAlone("lstm", rows, steps, hidden, hidden);
    }

    /** Measures, and gives the table as Markdown. */
    public String run() throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder(
                "| N | T | D = H | ms | us for a step of a row | GFLOP/s |\n|--:|--:|--:|--:|--:|--:|\n");
        for (LayerAlone layer : sizes().toList()) {
            List<String> arguments = List.of(layer.name(), "warm=" + budget.warm(), "seconds=" + budget.seconds());
            Child child = Child.run(
                    Pinning.on(threads, contender.command(threads, arguments)),
                    contender.environment(threads),
                    LIMIT_SECONDS);
            String cells = child.out().stream()
                    .flatMap(line -> Result.parse(line).stream())
                    .filter(line -> line.kind().equals("RESULT"))
                    .map(line -> cells(layer, line.number("median")))
                    .findFirst()
                    .orElseGet(() -> child.reason() + " | | |");
            text.append(String.format(
                    Locale.ROOT, "| %d | %d | %d | %s%n", layer.rows(), layer.steps(), layer.hidden(), cells));
        }
        return text.toString();
    }

    private static String cells(LayerAlone layer, double milliseconds) {
        return String.format(
                Locale.ROOT,
                "%.3f | %.3f | %.1f |",
                milliseconds,
                1e3 * milliseconds / layer.rows() / layer.steps(),
                layer.operations() / milliseconds / 1e6);
    }
}
