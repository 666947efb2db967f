package org.rnn4j.examples.seq2seq;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.rnn4j.examples.shared.Picture;
import org.rnn4j.examples.shared.Repeats;
import org.rnn4j.examples.shared.Runs;
import org.rnn4j.examples.shared.Trained;
import org.rnn4j.run.RunConfiguration;
import org.rnn4j.training.DataSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The book's chapter 7: sums of two numbers of up to three digits, read and answered character by character. What helps is to read the question
 * from its end, and to let the decoder peek at the encoder's state in every step.
 *
 * <p>A network knows nothing of numbers: {@code 57+5} is four signs that are answered by {@code 62}. It is judged by sums that it never saw,
 * each right only if every digit is: one part of these chooses the epoch, and the other is asked once, of the network of that epoch.
 */
@Command(
        name = "addition",
        description = "Learns to add from examples: plain, reversed, and reversed and peeky (the book's chapter 7).",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class Addition implements Runnable {
    /** The three models of the book, each a configuration file. */
    private static final List<String> MODELS = List.of("plain", "reversed", "reversed and peeky");

    @Mixin
    private Repeats repeats;

    @Option(names = "--epochs", description = "How often to see the sums to learn from; default: what the files say.")
    private Long epochs;

    /** For the command line. */
    public Addition() {}

    @Override
    public void run() {
        repeats.each(System.out, seed -> {
            Runs runs = repeats.runs("addition", seed);
            Map<String, Double> results = new LinkedHashMap<>();
            XYChart chart =
                    Picture.lines("addition: sums of the validation part that are right", "epoch", "exact match");
            chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.0);
            DataSet test = null;
            for (String model : MODELS) {
                System.out.println(model + ":");
                Trained trained = train(runs, model, epochs);
                test = trained.test();
                double[] exact = trained.validations();
                double[] x =
                        IntStream.rangeClosed(1, exact.length).asDoubleStream().toArray();
                chart.addSeries(model, x, exact);
                results.put("exact match, " + model, trained.judge(trained.best(), test.validation()));
            }
            results.put("exact match of the answer to the most alike sum", ofNearest(test));
            if (seed == repeats.first()) {
                System.out.println("Picture: " + Picture.write(repeats.out().resolve("addition.png"), List.of(chart)));
            }
            return results;
        });
    }

    /**
     * Trains what a file says.
     *
     * @param epochs in the place of the file's; null for the file's
     */
    static Trained train(Runs runs, String name, Long epochs) {
        String file = name.replace(" and ", "-");
        RunConfiguration configuration = runs.read(file);
        return runs.train(file, epochs == null ? configuration : configuration.with("training.epochs", epochs));
    }

    /** What the answer to the most alike question that was learnt gets. */
    static double ofNearest(DataSet data) {
        return data.baselines().stream()
                .filter(baseline -> baseline.method().equals("answer to the most alike question"))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
