package org.rnn4j.training.text;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the next id is chosen from a model's scores.
 *
 * <pre>
 * p = softmax(y / temperature)      over the ids that are allowed
 * allowed: not in skip; then the top most likely; of these the fewest most likely that have the share nucleus of p together
 * </pre>
 *
 * <p>Of equally likely ids the lowest comes first. Computed in double precision with StrictMath: the same scores give the same id on every
 * machine.
 *
 * <pre>{@code
 * Choice choice = Choice.at(0.8).ofNucleus(0.95);
 * }</pre>
 *
 * <p>Source: top-k: Fan, Lewis and Dauphin, "Hierarchical neural story generation", 2018, section 5.3; nucleus: Holtzman et al., "The curious case
 * of neural text degeneration", 2020, section 3.1.
 *
 * @param temperature above 0; below 1 prefers likely ids more than the model does, above 1 less
 * @param top how many of the most likely ids may be chosen; null for all. With 1 it is the most likely one always: greedy
 * @param nucleus the share of the probability that may be chosen from, above 0 and at most 1; null for all
 * @param skip ids that are never chosen
 */
public record Choice(double temperature, Integer top, Double nucleus, List<Integer> skip) {
    /** Checks the ranges; copies. */
    public Choice {
        if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("temperature is " + temperature + ", expected a number above 0");
        }
        if (top != null && top < 1) {
            throw new IllegalArgumentException("top is " + top + ", expected 1 or more");
        }
        if (nucleus != null && !(nucleus > 0 && nucleus <= 1)) {
            throw new IllegalArgumentException("nucleus is " + nucleus + ", expected above 0 and at most 1");
        }
        skip = skip == null ? List.of() : List.copyOf(skip);
    }

    /** The most likely id. */
    public static Choice greedy() {
        return at(1).ofTop(1);
    }

    /** Any id, with its probability at a temperature. */
    public static Choice at(double temperature) {
        return new Choice(temperature, null, null, null);
    }

    /** From so many of the most likely ids. */
    public Choice ofTop(int count) {
        return new Choice(temperature, count, nucleus, skip);
    }

    /** From the most likely ids with this share of the probability. */
    public Choice ofNucleus(double share) {
        return new Choice(temperature, top, share, skip);
    }

    /** Never one of these ids. */
    public Choice skipping(List<Integer> ids) {
        return new Choice(temperature, top, nucleus, ids);
    }

    /**
     * The id at which the sum of the probabilities, over rising ids, passes {@code u}.
     *
     * @param scores of every id; not modified
     * @param u in [0,1)
     */
    public int of(float[] scores, double u) {
        int[] allowed = allowed(scores);
        double largest = Double.NEGATIVE_INFINITY;
        for (int id : allowed) {
            largest = Math.max(largest, scores[id]);
        }
        double[] weights = new double[scores.length];
        for (int id : allowed) {
            weights[id] = StrictMath.exp((scores[id] - largest) / temperature);
        }
        if (top != null || nucleus != null) {
            cut(weights, allowed);
        }
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        double left = u * total;
        int chosen = allowed[0];
        for (int id = 0; id < weights.length; id++) {
            if (weights[id] > 0) { // rounding may leave a little at the end, which the last possible id takes
                chosen = id;
                left -= weights[id];
                if (left < 0) {
                    break;
                }
            }
        }
        return chosen;
    }

    /** The ids that are not skipped, whose scores are known to be finite. */
    int[] allowed(float[] scores) {
        for (int id = 0; id < scores.length; id++) {
            if (!Float.isFinite(scores[id])) {
                throw new ArithmeticException(
                        "the model's output is " + scores[id] + " for id " + id + ", expected finite numbers");
            }
        }
        int[] allowed = IntStream.range(0, scores.length)
                .filter(id -> !skip.contains(id))
                .toArray();
        if (allowed.length == 0) {
            throw new IllegalArgumentException("skip: all " + scores.length + " ids are to be skipped");
        }
        return allowed;
    }

    /** Takes the weight of ids that are too unlikely. */
    private void cut(double[] weights, int[] allowed) {
        List<Integer> likely = IntStream.of(allowed)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer id) -> -weights[id]))
                .toList();
        List<Integer> first = likely.subList(0, top == null ? likely.size() : Math.min(top, likely.size()));
        double total = first.stream().mapToDouble(id -> weights[id]).sum();
        double sum = 0;
        for (int i = 0; i < likely.size(); i++) {
            int id = likely.get(i);
            boolean kept = i < first.size() && (nucleus == null || sum < nucleus * total);
            sum += weights[id];
            weights[id] = kept ? weights[id] : 0;
        }
    }
}
