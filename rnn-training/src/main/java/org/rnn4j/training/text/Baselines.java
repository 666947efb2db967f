package org.rnn4j.training.text;

import java.util.ArrayList;
import java.util.List;
import org.rnn4j.training.Baseline;
import org.rnn4j.training.data.Span;
import org.rnn4j.training.metric.LikelihoodMetric;

/** The n-gram models that language models are printed beside: counted when they are first asked for, once. */
final class Baselines {
    private static final int[] ORDERS = {1, 2, 3, 5};

    private final int[] training;
    private final int[] validation;
    private final List<Span> judged;
    private final Vocabulary vocabulary;
    private List<Baseline> computed;

    /** Of these texts, judged at these positions of the validation text. */
    Baselines(int[] training, int[] validation, List<Span> judged, Vocabulary vocabulary) {
        this.training = training;
        this.validation = validation;
        this.judged = judged;
        this.vocabulary = vocabulary;
    }

    /** By what they are judged: bits per character for characters, else perplexity. */
    LikelihoodMetric metric() {
        return vocabulary.tokenizer().equals(Unit.CHARACTER.tokenizer()) ? Unit.CHARACTER.metric() : Unit.WORD.metric();
    }

    /** The scores. */
    synchronized List<Baseline> scores() {
        if (computed == null) {
            List<Baseline> all = new ArrayList<>();
            for (int order : ORDERS) {
                NGram model = new NGram(training, order, vocabulary.size());
                all.add(new Baseline(model.name(), metric().label(), metric().of(model.nats(validation, judged))));
            }
            computed = List.copyOf(all);
        }
        return computed;
    }
}
