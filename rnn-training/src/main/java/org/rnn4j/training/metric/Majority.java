package org.rnn4j.training.metric;

import java.util.Map;
import java.util.TreeMap;

/**
 * The baseline for classes: always the one that is most frequent in the training labels.
 *
 * @param label the class
 */
public record Majority(int label) {

    /**
     * Finds the most frequent class; of equally frequent ones, the smallest number.
     *
     * @param trainingLabels at least one; not modified
     */
    public static Majority of(int[] trainingLabels) {
        if (trainingLabels.length == 0) {
            throw new IllegalArgumentException("majority of no labels: expected at least 1");
        }
        Map<Integer, Integer> counts = new TreeMap<>();
        for (int label : trainingLabels) {
            counts.merge(label, 1, Integer::sum);
        }
        int best = trainingLabels[0];
        int most = 0;
        for (Map.Entry<Integer, Integer> entry : counts.entrySet()) {
            if (entry.getValue() > most) {
                best = entry.getKey();
                most = entry.getValue();
            }
        }
        return new Majority(best);
    }

    /** Returns the accuracy on other labels. */
    public Mean score(int[] labels) {
        Mean mean = new Mean();
        for (int target : labels) {
            mean.add(ComparisonMetric.ACCURACY.term(label, target), 1);
        }
        return mean;
    }
}
