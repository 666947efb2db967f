package org.rnn4j.training.text;

import java.util.ArrayList;
import java.util.List;
import org.rnn4j.training.Baseline;
import org.rnn4j.training.data.Span;
import org.rnn4j.training.metric.LikelihoodMetric;
import org.rnn4j.training.metric.Mean;

/**
 * The n-gram models that language models are compared with; they are computed once, at the first request.
 *
 * <p>Those of orders 1, 2, 3 and 5, and the best of the longer ones, which are tried as long as each is better than the one before, so that the
 * baseline is as strong as possible. The order is chosen on the evaluated text itself, in the baseline's favour.
 */
final class Baselines {
    private static final int[] ORDERS = {1, 2, 3, 5};
    private static final double LEAST_GAIN = 0.001; // in nats a token; a longer model has more to remember

    private final int[] training;
    private final int[] validation;
    private final List<Span> judged;
    private final Vocabulary vocabulary;
    private List<Baseline> computed;

    /** The score of a model, without the model, which may be large. */
    private record Scored(int order, String name, Mean nats) {}

    /** For these texts, evaluated at these positions of the validation text. */
    Baselines(int[] training, int[] validation, List<Span> judged, Vocabulary vocabulary) {
        this.training = training;
        this.validation = validation;
        this.judged = judged;
        this.vocabulary = vocabulary;
    }

    /** Their metric: bits per character for characters, else perplexity. */
    LikelihoodMetric metric() {
        return vocabulary.tokenizer().equals(Unit.CHARACTER.tokenizer()) ? Unit.CHARACTER.metric() : Unit.WORD.metric();
    }

    /** The scores. */
    synchronized List<Baseline> scores() {
        if (computed == null) {
            List<Scored> all = new ArrayList<>();
            for (int order : ORDERS) {
                all.add(score(order));
            }
            Scored best = all.get(all.size() - 1);
            Scored longer = score(best.order() + 1);
            while (longer.nats().value() < best.nats().value() - LEAST_GAIN) {
                best = longer;
                longer = score(best.order() + 1);
            }
            if (best.order() > all.get(all.size() - 1).order()) {
                all.add(best);
            }
            computed = all.stream()
                    .map(scored -> new Baseline(scored.name(), metric().label(), metric().of(scored.nats())))
                    .toList();
        }
        return computed;
    }

    private Scored score(int order) {
        NGram model = new NGram(training, order, vocabulary.size());
        return new Scored(order, model.name(), model.nats(validation, judged));
    }
}
