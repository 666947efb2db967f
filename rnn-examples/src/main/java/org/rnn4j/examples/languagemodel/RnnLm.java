package org.rnn4j.examples.languagemodel;

import java.util.LinkedHashMap;
import java.util.Map;
import org.rnn4j.examples.shared.Repeats;
import org.rnn4j.examples.shared.Runs;
import org.rnn4j.examples.shared.Trained;
import org.rnn4j.training.Baseline;
import org.rnn4j.training.metric.LikelihoodMetric;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The language model of the book's chapter 6, Rnnlm, on the words of Dickens' "The Old Curiosity Shop": an embedding, one LSTM and an affine layer,
 * with the book's sizes (100 and 100), initial values, windows (20 rows of 35 words), SGD with rate 20, gradients clipped at 0.25, four epochs. Beside
 * it, n-gram models.
 *
 * <p>It learns from the first 90 % of the text, is validated on the next 5 % after every epoch, and judged on the last 5 %. Words that the training
 * part has once or twice are unknown to all. {@code docs/examples.md} has the results; {@link BetterRnnLm} is the same task, better.
 */
@Command(
        name = "rnnlm",
        description = "The book's chapter 6: an LSTM predicts the words of Dickens.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class RnnLm implements Runnable {
    @Mixin
    private Repeats repeats;

    /** For the command line. */
    public RnnLm() {}

    @Override
    public void run() {
        repeats.each(System.out, seed -> {
            Runs runs = repeats.runs("rnnlm", seed);
            Trained trained = runs.train("run", runs.read("run"));
            Map<String, Double> results = baselines(trained);
            results.put(name("LSTM"), perplexity(trained));
            return results;
        });
    }

    /** The perplexities on the test part of n-gram models of the training part, by name; see {@link org.rnn4j.training.text.NGram}. */
    static Map<String, Double> baselines(Trained trained) {
        Map<String, Double> results = new LinkedHashMap<>();
        for (Baseline baseline : trained.test().baselines()) {
            results.put(name(baseline.shortMethod()), baseline.value());
        }
        return results;
    }

    /** That of the network after its last epoch, on the test part. */
    static double perplexity(Trained trained) {
        return trained.judge(trained.last(), trained.test().validation());
    }

    /** What the result of a model is called. */
    static String name(String model) {
        return LikelihoodMetric.PERPLEXITY.label() + ", " + model;
    }
}
