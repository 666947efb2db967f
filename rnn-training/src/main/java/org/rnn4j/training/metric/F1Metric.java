package org.rnn4j.training.metric;

import java.util.Map;
import java.util.TreeMap;
import org.rnn4j.api.Tensor;

/**
 * The harmonic mean of precision and recall; more is better. For one class:
 *
 * <pre>
 * hit  = how often the class was said and right
 * said = how often it was said,  is = how often it would have been right
 * F1   = 2 / (1/precision + 1/recall)  =  2 hit / (said + is),    precision = hit / said, recall = hit / is
 * </pre>
 *
 * <p>If targets are ids, the predicted class is the column with the largest output. If they are numbers (0 or 1, each an independent decision), class
 * 1 is predicted if the output, a score before the sigmoid, is above 0.
 *
 * <p>Source: van Rijsbergen, "Information retrieval", 1979, chapter 7, with equal weights.
 */
public enum F1Metric implements Metric {
    /** F1 of class 1, the positive one of two; 0 if it is neither predicted nor correct anywhere. */
    BINARY("F1") {
        @Override
        double of(Map<Integer, Count> counts) {
            return counts.getOrDefault(1, new Count(0, 0)).f1();
        }
    },
    /**
     * The mean of the classes' F1, with equal weights however rare a class is; classes that are neither predicted nor correct anywhere are ignored.
     *
     */
    MACRO("macro F1") {
        @Override
        double of(Map<Integer, Count> counts) {
            Mean mean = new Mean();
            counts.values().forEach(count -> mean.add(count.f1(), 1));
            return mean.value();
        }
    };

    private final String label;

    F1Metric(String label) {
        this.label = label;
    }

    abstract double of(Map<Integer, Count> counts);

    /**
     * The counts of a class.
     *
     * @param hit how often it was predicted correctly
     * @param saidOrIs how often it was predicted plus how often it was the target
     */
    record Count(long hit, long saidOrIs) {
        Count plus(Count other) {
            return new Count(hit + other.hit, saidOrIs + other.saidOrIs);
        }

        double f1() {
            return saidOrIs == 0 ? 0 : 2.0 * hit / saidOrIs;
        }
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public Tally begin() {
        Map<Integer, Count> counts = new TreeMap<>();
        return new Tally() {
            @Override
            public void add(Judged window) {
                boolean decisions = window.target() instanceof Tensor;
                double[] predictions = window.predictions();
                double[] targets = window.targets();
                window.forEach(i -> {
                    int said = decisions ? number(predictions[i] > 0) : (int) predictions[i];
                    int is = decisions ? number(Judged.positive(label, targets[i])) : (int) targets[i];
                    counts.merge(said, new Count(number(said == is), 1), Count::plus);
                    counts.merge(is, new Count(0, 1), Count::plus);
                });
            }

            @Override
            public double value() {
                if (counts.isEmpty()) {
                    throw new IllegalStateException(label + " over no positions: expected at least 1");
                }
                return of(counts);
            }
        };
    }

    private static int number(boolean positive) {
        return positive ? 1 : 0;
    }

    @Override
    public boolean better(double value, double than) {
        return value > than;
    }
}
