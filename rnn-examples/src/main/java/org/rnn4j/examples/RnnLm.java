package org.rnn4j.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.api.Init;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.optim.ConstantRate;
import org.rnn4j.core.optim.Sgd;
import org.rnn4j.layers.Affine;
import org.rnn4j.layers.Embedding;
import org.rnn4j.layers.TimeLSTM;
import org.rnn4j.layers.loss.SoftmaxCrossEntropy;
import org.rnn4j.training.Baseline;
import org.rnn4j.training.Evaluator;
import org.rnn4j.training.TrainerSettings;
import org.rnn4j.training.data.Corpus;
import org.rnn4j.training.data.Origin;
import org.rnn4j.training.metric.LikelihoodMetric;
import org.rnn4j.training.text.TextData;
import org.rnn4j.training.text.Unit;
import org.rnn4j.training.text.Vocabulary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The language model of the book's chapter 6, Rnnlm, on the words of Dickens' "The Old Curiosity Shop": an embedding, one LSTM and an affine
 * layer, with the book's sizes (100 and 100), initial values, windows (20 rows of 35 words), SGD with rate 20, gradients clipped at 0.25, four epochs.
 *
 * <p>Learnt from the first 90 % of the text, validated on the next 5 % after every epoch, and judged on the last 5 %, beside n-gram models
 * ({@link org.rnn4j.training.text.NGram}) of the same training part. Words that the training part has once or twice are unknown to all.
 * {@code docs/examples.md} has the results.
 */
@Command(
        name = "rnnlm",
        description = "The book's chapter 6: an LSTM predicts the words of Dickens.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class RnnLm implements Runnable {
    private static final double TRAINING = 0.9;
    private static final double VALIDATION = 0.05;
    private static final int LEAST = 3; // how often a word must occur
    private static final int N = 20;
    private static final int T = 35;
    private static final double CLIP = 0.25;
    private static final Size BOOK = new Size(100, 20, 4);

    @Mixin
    private Repeats repeats;

    /** For the command line. */
    public RnnLm() {}

    /**
     * How large the network is and how it learns.
     *
     * @param width D and H
     * @param rate of SGD
     * @param epochs how many times through the training part
     */
    record Size(int width, double rate, long epochs) {}

    @Override
    public void run() {
        Corpus.Parts parts;
        try {
            parts = new Origin("dickens.txt", null).read().split(TRAINING, VALIDATION);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        repeats.each(System.out, seed -> perplexities(parts, BOOK, seed));
    }

    /** The perplexities on the test part, the network's last. */
    static Map<String, Double> perplexities(Corpus.Parts parts, Size size, long seed) {
        int width = size.width();
        Vocabulary vocabulary = Vocabulary.of(Unit.WORD.tokenizer(), parts.train(), LEAST, Integer.MAX_VALUE);
        TextData data = new TextData(parts, vocabulary, N, T);
        Model model = Model.create(
                ModelSpec.chain()
                        .then("embed", new Embedding(vocabulary.size(), width, Init.normal(0.01)))
                        .then("lstm", new TimeLSTM(width, width, 0.0, Init.lecun(), true))
                        .then("output", new Affine(width, vocabulary.size()))
                        .build(),
                seed);
        SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy();
        TrainerSettings settings = TrainerSettings.epochs(size.epochs(), new ConstantRate(size.rate()))
                .clippedAt(CLIP)
                .judgedBy(LikelihoodMetric.PERPLEXITY);
        new Training(model, new Sgd(), loss, settings).on(data);

        TextData test = new TextData(new Corpus.Parts(parts.train(), parts.test(), ""), vocabulary, N, T);
        Map<String, Double> results = new LinkedHashMap<>();
        for (Baseline baseline : test.baselines()) {
            results.put(baseline.metric() + ", " + baseline.shortMethod(), baseline.value());
        }
        String metric = LikelihoodMetric.PERPLEXITY.label();
        results.put(
                metric + ", LSTM",
                new Evaluator(loss, List.of(LikelihoodMetric.PERPLEXITY))
                        .score(model, test.validation())
                        .metrics()
                        .get(metric));
        return results;
    }
}
