package org.rnn4j.training.text;

import java.util.Arrays;
import java.util.List;
import org.rnn4j.training.data.Span;
import org.rnn4j.training.metric.Mean;

/**
 * The baseline of a language model: an n-gram model with interpolated modified Kneser-Ney smoothing.
 *
 * <p>With h the n-1 ids before w, h' the same without the first of them, c the count of (h,w) and C its sum over w:
 *
 * <pre>
 *   p(w | h) = (c(h,w) - D(c(h,w))) / C(h)  +  F(h) / C(h) * p(w | h')        F(h) = sum_v D(c(h,v)),  D(0) = 0
 * </pre>
 *
 * <p>down to the empty context, whose h' is the uniform distribution 1/V, so that no symbol has probability 0. For the longest n-grams c counts
 * occurrences; for shorter ones it counts after how many different ids the n-gram was seen. For a context that was never seen, only h' counts. The
 * discounts D(1), D(2) and D(3 and more) of each length come from the counts of counts: with n_i the number of n-grams whose count is i,
 * {@code D(i) = i - (i+1) * n_1/(n_1 + 2 n_2) * n_(i+1)/n_i}; where a text is too small for that, 1/2.
 *
 * <p>Training costs O(order * length) time and, at the end, about 50 bytes for every different n-gram. Immutable.
 *
 * <p>Source: S. F. Chen and J. Goodman, "An empirical study of smoothing techniques for language modeling", Computer
 * Speech and Language 13 (1999) 359-394. Interpolated Witten-Bell was also tried and is worse, on characters and on words.
 */
public final class NGram {

    private final int order;
    private final int vocabularySize;
    /** (context, the id before it) -> the context that is one longer; context 0 is the empty one. */
    private final PairNumbers contexts;
    /** (context, the id after it) -> n-gram. */
    private final PairNumbers grams;
    /** By n-gram: c - D(c). */
    private final double[] kept;
    /** By context: C. */
    private final double[] total;
    /** By context: F. */
    private final double[] freed;

    /**
     * Counts the n-grams of a text.
     *
     * @param ids the training text, of ids from 0 to {@code vocabularySize - 1}; not modified
     * @param order n, 1 or more: how many ids the longest n-grams have
     * @param vocabularySize V, over which the probabilities sum to 1
     */
    public NGram(int[] ids, int order, int vocabularySize) {
        if (order < 1) {
            throw new IllegalArgumentException("n-gram of order " + order + ": expected at least 1");
        }
        if (ids.length == 0) {
            throw new IllegalArgumentException(order + "-gram of an empty text: expected at least 1 id");
        }
        this.order = order;
        this.vocabularySize = vocabularySize;
        this.contexts = new PairNumbers(1);
        this.grams = new PairNumbers(0);
        checkIds(ids);
        int[] counts = count(ids);
        int[] lengths = new int[contexts.next()];
        for (int context = 1; context < lengths.length; context++) {
            lengths[context] = lengths[contexts.left(context)] + 1;
        }
        double[][] discounts = discounts(counts, lengths);
        this.kept = new double[counts.length];
        this.total = new double[lengths.length];
        this.freed = new double[lengths.length];
        for (int gram = 0; gram < counts.length; gram++) {
            int context = grams.left(gram);
            double discount = discounts[lengths[context]][Math.min(counts[gram], 3)];
            kept[gram] = counts[gram] - discount;
            total[context] += counts[gram];
            freed[context] += discount;
        }
    }

    private int[] count(int[] ids) {
        int[] counts = new int[1024];
        for (int t = 0; t < ids.length; t++) {
            int context = 0;
            int shorter = 0;
            for (int length = 0; length < order; length++) { // of the context
                int unseen = grams.next();
                int gram = grams.add(context, ids[t]);
                if (gram == counts.length) {
                    counts = Arrays.copyOf(counts, 2 * gram);
                }
                if (gram == unseen && length > 0) {
                    counts[shorter]++;
                }
                if (length == order - 1 || length == t) { // the beginning of the text counts as one more id before it
                    counts[gram]++;
                    break;
                }
                context = contexts.add(context, ids[t - 1 - length]);
                shorter = gram;
            }
        }
        return Arrays.copyOf(counts, grams.next());
    }

    /** Returns D by context length and count, the latter up to 3. */
    private double[][] discounts(int[] counts, int[] lengths) {
        int[][] countsOfCounts = new int[order][5];
        for (int gram = 0; gram < counts.length; gram++) {
            if (counts[gram] <= 4) {
                countsOfCounts[lengths[grams.left(gram)]][counts[gram]]++;
            }
        }
        double[][] discounts = new double[order][4];
        for (int length = 0; length < order; length++) {
            int[] n = countsOfCounts[length];
            for (int i = 1; i <= 3; i++) {
                double d = i - (i + 1) * (n[1] / (n[1] + 2.0 * n[2])) * n[i + 1] / n[i];
                // 0 would leave nothing for the unseen, and more than i would make a probability negative.
                // Where one of the n_i is 0, d is i, infinite or NaN.
                discounts[length][i] = d > 0 && d < i ? d : 0.5;
            }
        }
        return discounts;
    }

    /** Returns the name in results, for example "5-gram (interpolated modified Kneser-Ney)". */
    public String name() {
        return order + "-gram (interpolated modified Kneser-Ney)";
    }

    /**
     * Returns the probability of an id.
     *
     * @param id the id that may follow
     * @param history the ids before it, of which the last {@code order - 1} matter; not modified
     */
    public double probability(int id, int... history) {
        int[] ids = Arrays.copyOf(history, history.length + 1);
        ids[history.length] = id;
        checkIds(ids);
        return probabilityAt(ids, history.length);
    }

    /**
     * Returns the mean negative log-likelihood of a text in nats, which a {@link org.rnn4j.training.metric.LikelihoodMetric} turns into bits per
     * character or perplexity. The first ids have as much context as there is.
     *
     * @param ids the held-out text; not modified
     */
    public Mean nats(int[] ids) {
        return nats(ids, List.of(new Span(0, ids.length)));
    }

    /**
     * Returns the mean over some positions of a text only, such as those on which a model is evaluated; the context is all ids before.
     *
     * @param ids the held-out text; not modified
     * @param judged which positions count
     */
    public Mean nats(int[] ids, List<Span> judged) {
        checkIds(ids);
        Mean nats = new Mean();
        for (Span span : judged) {
            for (int t = span.from(); t < span.to(); t++) {
                nats.add(-StrictMath.log(probabilityAt(ids, t)), 1);
            }
        }
        return nats;
    }

    private double probabilityAt(int[] ids, int t) {
        double p = 1.0 / vocabularySize;
        int context = 0;
        for (int length = 0; context >= 0; length++) {
            int gram = grams.find(context, ids[t]);
            p = ((gram < 0 ? 0 : kept[gram]) + freed[context] * p) / total[context];
            if (length == order - 1 || length == t) {
                break;
            }
            context = contexts.find(context, ids[t - 1 - length]);
        }
        return p;
    }

    private void checkIds(int[] ids) {
        for (int t = 0; t < ids.length; t++) {
            if (ids[t] < 0 || ids[t] >= vocabularySize) {
                throw new IllegalArgumentException("id " + ids[t] + " at position " + t
                        + " is outside the vocabulary: expected 0 to " + (vocabularySize - 1));
            }
        }
    }
}
