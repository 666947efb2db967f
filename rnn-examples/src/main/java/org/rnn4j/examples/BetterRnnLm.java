package org.rnn4j.examples;

import java.util.Map;
import org.rnn4j.api.Init;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.optim.Adam;
import org.rnn4j.core.optim.CosineWithWarmUp;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.layers.loss.SoftmaxCrossEntropy;
import org.rnn4j.layers.regularisation.Dropout;
import org.rnn4j.layers.regularisation.WeightDrop;
import org.rnn4j.layers.sequence.TimeLSTM;
import org.rnn4j.training.TrainerSettings;
import org.rnn4j.training.metric.LikelihoodMetric;
import org.rnn4j.training.text.Choice;
import org.rnn4j.training.text.Sampler;
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
    private static final double WARM_UP = 0.05; // of the steps
    private static final double CLIP = 1;
    private static final double WORDS_DROPPED = 0.1;
    private static final double INPUT_DROPPED = 0.5;
    private static final double BETWEEN_DROPPED = 0.3;
    private static final double OUTPUT_DROPPED = 0.5;
    private static final double WEIGHTS_DROPPED = 0.5;
    private static final double SMALL = 0.1; // the table is the output's weight too
    private static final RnnLm.Size LARGE = new RnnLm.Size(300, 0.003, 15);

    private static final int WRITTEN = 120;
    private static final double TEMPERATURE = 0.9;
    private static final double NUCLEUS = 0.9;

    @Mixin
    private Repeats repeats;

    /** For the command line. */
    public BetterRnnLm() {}

    @Override
    public void run() {
        Dickens dickens = Dickens.read();
        repeats.each(System.out, seed -> {
            Map<String, Double> results = dickens.baselines();
            System.out.println("Rnnlm, to compare with:");
            results.put(Dickens.name("Rnnlm"), dickens.perplexity(RnnLm.trained(dickens, RnnLm.BOOK, seed)));
            System.out.println("BetterRnnlm:");
            Model model = trained(dickens, LARGE, seed);
            results.put(Dickens.name("BetterRnnlm"), dickens.perplexity(model));
            System.out.println("It writes: " + written(model, dickens, seed));
            return results;
        });
    }

    /** The network after its last epoch. */
    static Model trained(Dickens dickens, RnnLm.Size size, long seed) {
        Model model = Model.create(spec(dickens.words(), size.width()), seed);
        long steps = size.epochs() * dickens.data().training().perEpoch();
        TrainerSettings settings = TrainerSettings.steps(
                        steps, new CosineWithWarmUp(size.rate(), steps, (long) (WARM_UP * steps), 0.0))
                .clippedAt(CLIP)
                .judgedBy(LikelihoodMetric.PERPLEXITY);
        new Training(model, new Adam(), new SoftmaxCrossEntropy(), settings).on(dickens.data());
        return model;
    }

    private static ModelSpec spec(int words, int width) {
        return ModelSpec.chain()
                .then("embed", new Embedding(words, width, Init.normal(SMALL), WORDS_DROPPED))
                .then("input-dropout", new Dropout(INPUT_DROPPED))
                .then("lstm1", new WeightDrop(TimeLSTM.stateful(width, width), WEIGHTS_DROPPED))
                .then("dropout1", new Dropout(BETWEEN_DROPPED))
                .then("lstm2", new WeightDrop(TimeLSTM.stateful(width, width), WEIGHTS_DROPPED))
                .then("dropout2", new Dropout(OUTPUT_DROPPED))
                .then("output", Affine.sameAs("embed.weight", width, words))
                .build();
    }

    /** Some words of its own. */
    private static String written(Model model, Dickens dickens, long seed) {
        return new Sampler(Choice.at(TEMPERATURE).ofNucleus(NUCLEUS), seed)
                .sample(model.copy().session(1), dickens.data().vocabulary(), ".", WRITTEN);
    }
}
