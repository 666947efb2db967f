package org.rnn4j.examples.languagemodel;

import java.util.Map;
import org.rnn4j.examples.shared.Repeats;
import org.rnn4j.examples.shared.Runs;
import org.rnn4j.examples.shared.Trained;
import org.rnn4j.training.text.Choice;
import org.rnn4j.training.text.Sampler;
import org.rnn4j.training.text.TextData;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@link RnnLm}, better in the ways of the book's BetterRnnlm: two LSTM layers, dropout between them, one table for the words that are read and
 * those that are predicted, and a learning rate that falls. Beside it, Rnnlm and n-gram models of the same text; at the end it writes some.
 *
 * <p>The text is small for a network, so that dropout is needed in many places. As the later literature does, a mask is drawn once a window and
 * not at every step, whole words are left out of what is read, and recurrent weights are dropped too (Merity, Keskar and Socher,
 * "Regularizing and optimizing LSTM language models", 2018). The book takes SGD and divides its rate by four after each epoch that was no
 * better; here it is Adam with a rate that falls along a cosine. {@code docs/examples.md} has the results.
 */
@Command(
        name = "better-rnnlm",
        description = "The book's chapter 6, better: two LSTMs, dropout, one table of words.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class BetterRnnLm implements Runnable {
    private static final int WRITTEN = 120;
    private static final double TEMPERATURE = 0.9;
    private static final double NUCLEUS = 0.9;

    @Mixin
    private Repeats repeats;

    /** For the command line. */
    public BetterRnnLm() {}

    @Override
    public void run() {
        repeats.each(System.out, seed -> {
            Runs runs = repeats.runs("better-rnnlm", seed);
            System.out.println("Rnnlm, to compare with:");
            Trained rnnlm = runs.train("rnnlm", repeats.runs("rnnlm", seed).read("run"));
            Map<String, Double> results = RnnLm.baselines(rnnlm);
            results.put(RnnLm.name("Rnnlm"), RnnLm.perplexity(rnnlm));
            System.out.println("BetterRnnlm:");
            Trained better = runs.train("run", runs.read("run"));
            results.put(RnnLm.name("BetterRnnlm"), RnnLm.perplexity(better));
            System.out.println("It writes: " + written(better, seed));
            return results;
        });
    }

    /** Some words of its own. */
    private static String written(Trained trained, long seed) {
        if (!(trained.run().data() instanceof TextData text)) {
            throw new IllegalArgumentException("data: expected the type Text, so that the model can write");
        }
        return new Sampler(Choice.at(TEMPERATURE).ofNucleus(NUCLEUS), seed)
                .sample(trained.last().copy().session(1), text.vocabulary(), ".", WRITTEN);
    }
}
