package org.rnn4j.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.core.Model;
import org.rnn4j.layers.loss.SoftmaxCrossEntropy;
import org.rnn4j.training.Baseline;
import org.rnn4j.training.Evaluator;
import org.rnn4j.training.data.Corpus;
import org.rnn4j.training.data.Origin;
import org.rnn4j.training.metric.LikelihoodMetric;
import org.rnn4j.training.text.NGram;
import org.rnn4j.training.text.TextData;
import org.rnn4j.training.text.Unit;
import org.rnn4j.training.text.Vocabulary;

/**
 * The words of Dickens' "The Old Curiosity Shop", on which the language models are trained and compared: learnt from the first 90 % of the
 * text, validated on the next 5 % after every epoch, and judged on the last 5 %. Words that the training part has once or twice are unknown to
 * all. Windows are the book's, 20 rows of 35 words.
 */
final class Dickens {
    private static final double TRAINING = 0.9;
    private static final double VALIDATION = 0.05;
    private static final int LEAST = 3; // how often a word must occur
    private static final int N = 20;
    private static final int T = 35;

    private final TextData learnt;
    private final TextData judged;

    /** Of any text, for tests. */
    Dickens(Corpus.Parts parts) {
        Vocabulary vocabulary = Vocabulary.of(Unit.WORD.tokenizer(), parts.train(), LEAST, Integer.MAX_VALUE);
        this.learnt = new TextData(parts, vocabulary, N, T);
        this.judged = new TextData(new Corpus.Parts(parts.train(), parts.test(), ""), vocabulary, N, T);
    }

    /** The text itself. */
    static Dickens read() {
        try {
            return new Dickens(new Origin("dickens.txt", null).read().split(TRAINING, VALIDATION));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What to train on and to validate by. */
    TextData data() {
        return learnt;
    }

    /** V. */
    int words() {
        return learnt.vocabulary().size();
    }

    /** The perplexities on the test part of n-gram models of the training part, by name; see {@link NGram}. */
    Map<String, Double> baselines() {
        Map<String, Double> results = new LinkedHashMap<>();
        for (Baseline baseline : judged.baselines()) {
            results.put(name(baseline.shortMethod()), baseline.value());
        }
        return results;
    }

    /** A model's perplexity on the test part. */
    double perplexity(Model model) {
        return new Evaluator(new SoftmaxCrossEntropy(), List.of(LikelihoodMetric.PERPLEXITY))
                .score(model, judged.validation())
                .metrics()
                .get(LikelihoodMetric.PERPLEXITY.label());
    }

    /** What the result of a model is called. */
    static String name(String model) {
        return LikelihoodMetric.PERPLEXITY.label() + ", " + model;
    }
}
