package org.rnn4j.examples;

import java.util.Map;
import org.rnn4j.api.Init;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.optim.ConstantRate;
import org.rnn4j.core.optim.Sgd;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.layers.loss.SoftmaxCrossEntropy;
import org.rnn4j.layers.sequence.TimeLSTM;
import org.rnn4j.training.TrainerSettings;
import org.rnn4j.training.metric.LikelihoodMetric;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The language model of the book's chapter 6, Rnnlm, on the words of {@link Dickens}: an embedding, one LSTM and an affine layer, with the
 * book's sizes (100 and 100), initial values, SGD with rate 20, gradients clipped at 0.25, four epochs. Beside it, n-gram models.
 * {@code docs/examples.md} has the results; {@link BetterRnnLm} is the same task, better.
 */
@Command(
        name = "rnnlm",
        description = "The book's chapter 6: an LSTM predicts the words of Dickens.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class RnnLm implements Runnable {
    private static final double CLIP = 0.25;

    /** The book's. */
    static final Size BOOK = new Size(100, 20, 4);

    @Mixin
    private Repeats repeats;

    /** For the command line. */
    public RnnLm() {}

    /**
     * How large the network is and how it learns.
     *
     * @param width D and H
     * @param rate the learning rate
     * @param epochs how many times through the training part
     */
    record Size(int width, double rate, long epochs) {}

    @Override
    public void run() {
        Dickens dickens = Dickens.read();
        repeats.each(System.out, seed -> {
            Map<String, Double> results = dickens.baselines();
            results.put(Dickens.name("LSTM"), dickens.perplexity(trained(dickens, BOOK, seed)));
            return results;
        });
    }

    /** The network after its last epoch. */
    static Model trained(Dickens dickens, Size size, long seed) {
        int width = size.width();
        Model model = Model.create(
                ModelSpec.chain()
                        .then("embed", new Embedding(dickens.words(), width, Init.normal(0.01)))
                        .then("lstm", new TimeLSTM(width, width, 0.0, Init.lecun(), true))
                        .then("output", new Affine(width, dickens.words()))
                        .build(),
                seed);
        TrainerSettings settings = TrainerSettings.epochs(size.epochs(), new ConstantRate(size.rate()))
                .clippedAt(CLIP)
                .judgedBy(LikelihoodMetric.PERPLEXITY);
        new Training(model, new Sgd(), new SoftmaxCrossEntropy(), settings).on(dickens.data());
        return model;
    }
}
