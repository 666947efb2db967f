package org.rnn4j.training.metric;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.rnn4j.api.Tensor;

/**
 * The area under the ROC curve: how likely a positive gets a higher score than a negative, whatever the threshold; more is better, and 0.5 is
 * chance.
 *
 * <pre>
 * U   = number of pairs (positive, negative) of which the positive has the higher score, half of those that tie
 * AUC = U / (positives * negatives)
 * </pre>
 *
 * <p>Where targets are numbers (0 or 1), the scores are the outputs. Where they are ids, the output has two columns, and the score is the
 * second less the first.
 *
 * <p>The number is exact, not approximated by a curve of a few points. Cost: 8 bytes per position, and one sort for each {@link Tally#value}.
 *
 * <p>Source: Mann and Whitney, "On a test of whether one of two random variables is stochastically larger than the other", 1947; that it is
 * the area: Hanley and McNeil, "The meaning and use of the area under a receiver operating characteristic (ROC) curve", 1982.
 */
public record Auc() implements Metric {
    private static final String LABEL = "AUC";

    @Override
    public String label() {
        return LABEL;
    }

    @Override
    public Tally begin() {
        Scores positives = new Scores();
        Scores negatives = new Scores();
        return new Tally() {
            @Override
            public void add(Judged window) {
                double[] scores = scores(window);
                double[] targets = window.targets();
                window.forEach(i -> (Judged.positive(LABEL, targets[i]) ? positives : negatives).add(scores[i]));
            }

            @Override
            public double value() {
                return area(positives.sorted(), negatives.sorted());
            }
        };
    }

    private static double[] scores(Judged window) {
        double[] output = window.output().toDoubles();
        if (window.target() instanceof Tensor) {
            return output;
        }
        if (window.output().shape().columns() != 2) {
            throw new IllegalArgumentException(
                    LABEL + ": the output " + window.output().shape() + " has "
                            + window.output().shape().columns() + " columns, expected 2 for targets that are ids");
        }
        double[] scores = new double[output.length / 2];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = output[2 * i + 1] - output[2 * i];
        }
        return scores;
    }

    private static double area(double[] positives, double[] negatives) {
        if (positives.length == 0 || negatives.length == 0) {
            throw new IllegalStateException(LABEL + " of " + positives.length + " positives and " + negatives.length
                    + " negatives: expected at least 1 of each");
        }
        // Sorting puts them last.
        if (Double.isNaN(positives[positives.length - 1]) || Double.isNaN(negatives[negatives.length - 1])) {
            return Double.NaN;
        }
        long twice = 0;
        int below = 0;
        int notAbove = 0;
        for (double positive : positives) {
            while (below < negatives.length && negatives[below] < positive) {
                below++;
            }
            while (notAbove < negatives.length && negatives[notAbove] <= positive) {
                notAbove++;
            }
            twice += below + notAbove;
        }
        return twice / (2.0 * positives.length * negatives.length);
    }

    /** Numbers that become more. */
    private static final class Scores {
        private double[] numbers = new double[64];
        private int count;

        void add(double number) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            numbers[count++] = number;
        }

        double[] sorted() {
            return DoubleStream.of(numbers).limit(count).sorted().toArray();
        }
    }

    @Override
    public boolean better(double value, double than) {
        return value > than;
    }
}
