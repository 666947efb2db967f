package org.rnn4j.training.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.rnn4j.core.Session;

/**
 * Searches for the most likely sequence as a whole, which choosing the most likely token at each step may miss: the best few beginnings continue
 * after every step.
 *
 * <pre>
 * score(y) = Σ_t log p(y_t | y_&lt;t) / ((5 + |y|) / 6)^lengthPenalty
 * </pre>
 *
 * <p>|y| counts the end too. A beginning that chose the end is finished and no longer counts towards the width. Without a length penalty the score is
 * the log probability. If the width covers all possible beginnings, the search is exhaustive.
 *
 * <pre>{@code
 * List<BeamSearch.Found> best = new BeamSearch(5, 0.6).search(model.session(given), begin, end, 30, vocabulary.size());
 * }</pre>
 *
 * <p>Cost: at most {@code count} steps of a session of {@code width} rows. Source: Wu et al., "Google's neural machine translation system",
 * 2016, section 7, equation 14, without its coverage penalty.
 *
 * @param width the number of beginnings that continue, and of rows of the session
 * @param lengthPenalty 0 prefers short sequences as the model does; theirs was 0.2
 * @param skip ids that are never chosen
 */
public record BeamSearch(int width, double lengthPenalty, List<Integer> skip) {
    /** Checks the ranges; copies. */
    public BeamSearch {
        if (width < 1) {
            throw new IllegalArgumentException("width is " + width + ", expected 1 or more");
        }
        if (!(lengthPenalty >= 0 && lengthPenalty < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("lengthPenalty is " + lengthPenalty + ", expected 0 or more");
        }
        skip = skip == null ? List.of() : List.copyOf(skip);
    }

    /** Any id may be given. */
    public BeamSearch(int width, double lengthPenalty) {
        this(width, lengthPenalty, null);
    }

    /**
     * A sequence.
     *
     * @param ids without the end
     * @param logProbability of the ids, and of the end where it was reached
     * @param score the score of the search
     */
    public record Found(List<Integer> ids, double logProbability, double score) {
        /** Copies the list. */
        public Found {
            ids = List.copyOf(ids);
        }
    }

    /** The beginning of a row, or one id more. */
    private record Beginning(int row, List<Integer> ids, double logProbability) {}

    /**
     * The best sequences, best first: at most {@code width} of those that reached the end, or of those of {@code count} ids if none did.
     *
     * @param session of {@code width} rows that all have the same state
     * @param begin the id that is read first
     * @param end the id that ends a sequence
     * @param count the maximum number of ids of a sequence, without the end
     * @param ids V, how many scores the model gives
     */
    public List<Found> search(Session session, int begin, int end, int count, int ids) {
        if (session.rows() != width) {
            throw new IllegalArgumentException(
                    "a search of width " + width + " with a session of " + session.rows() + " rows");
        }
        Sampler.checkCount(count);
        Choice any = Choice.at(1).skipping(skip);
        List<Found> found = new ArrayList<>();
        List<Beginning> beginnings = List.of(new Beginning(0, List.of(), 0));
        int[] last = new int[width];
        Arrays.fill(last, begin);
        float[] scores = new float[width * ids];
        for (int i = 0; i <= count && !beginnings.isEmpty(); i++) {
            session.step(last, scores);
            List<Beginning> longer = new ArrayList<>();
            for (int b = 0; b < beginnings.size(); b++) {
                Beginning beginning = beginnings.get(b);
                float[] own = Arrays.copyOfRange(scores, b * ids, (b + 1) * ids);
                double z = logSumExp(own);
                for (int id : any.allowed(own)) {
                    double log = beginning.logProbability + own[id] - z;
                    if (id == end) {
                        found.add(new Found(beginning.ids, log, score(log, i + 1)));
                    } else if (i < count) {
                        List<Integer> more = new ArrayList<>(beginning.ids);
                        more.add(id);
                        longer.add(new Beginning(b, more, log));
                    }
                }
            }
            if (longer.isEmpty()) {
                break;
            }
            longer.sort(Comparator.comparingDouble(one -> -one.logProbability));
            beginnings = longer.subList(0, Math.min(width, longer.size()));
            int[] from = new int[width];
            for (int b = 0; b < beginnings.size(); b++) {
                from[b] = beginnings.get(b).row;
                last[b] = beginnings.get(b).ids.get(i);
            }
            session.restore(session.state().rows(from));
        }
        if (found.isEmpty()) {
            beginnings.forEach(one ->
                    found.add(new Found(one.ids, one.logProbability, score(one.logProbability, one.ids.size()))));
        }
        found.sort(Comparator.comparingDouble(one -> -one.score));
        return List.copyOf(found.subList(0, Math.min(width, found.size())));
    }

    private double score(double logProbability, int length) {
        return logProbability / StrictMath.pow((5.0 + length) / 6.0, lengthPenalty);
    }

    private static double logSumExp(float[] scores) {
        double largest = Double.NEGATIVE_INFINITY;
        for (float score : scores) {
            largest = Math.max(largest, score);
        }
        double sum = 0;
        for (float score : scores) {
            sum += StrictMath.exp(score - largest);
        }
        return largest + StrictMath.log(sum);
    }
}
