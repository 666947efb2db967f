package org.rnn4j.training.metric;

import org.rnn4j.api.Ids;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;

/** Means of a term that compares one prediction with its target. */
public enum ComparisonMetric implements Metric {
    /** The fraction of predictions that equal their target; more is better. */
    ACCURACY("accuracy") {
        @Override
        public double term(double prediction, double target) {
            return prediction == target ? 1 : 0;
        }

        @Override
        public boolean better(double value, double than) {
            return value > than;
        }
    },
    /** Mean squared error, the mean of {@code (prediction - target)^2}; less is better. */
    MSE("mean squared error") {
        @Override
        public double term(double prediction, double target) {
            return (prediction - target) * (prediction - target);
        }
    },
    /** Mean absolute error, the mean of {@code |prediction - target|}; less is better. */
    MAE("mean absolute error") {
        @Override
        public double term(double prediction, double target) {
            return Math.abs(prediction - target);
        }
    };

    private final String label;

    ComparisonMetric(String label) {
        this.label = label;
    }

    /** Returns what one position contributes to the mean. */
    public abstract double term(double prediction, double target);

    /**
     * Adds the terms of all valid positions. Where the targets are ids, the prediction is the column with the largest output, and an ignored
     * label does not count; where they are numbers, the prediction is the output itself, number by number.
     */
    @Override
    public void add(Mean mean, Judged window) {
        float[] output = window.output().toFloats();
        float[] targets = window.target() instanceof Tensor tensor ? tensor.toFloats() : null;
        Shape shape = window.target().shape();
        int rows = shape.dim(0);
        // Ids are (N,T) and numbers (N,T,D); with one axis less there is one position a row, whose lengths are the
        // input's.
        boolean overTime = shape.rank() > (targets == null ? 1 : 2);
        int steps = overTime ? shape.dim(1) : 1;
        int perRow = shape.size() / Math.max(rows, 1);
        int perStep = perRow / Math.max(steps, 1);
        for (int n = 0; n < rows; n++) {
            int valid = Math.min(window.lengths().validSteps(n, steps), steps) * perStep;
            for (int i = n * perRow; i < n * perRow + valid; i++) {
                if (targets != null) {
                    mean.add(term(output[i], targets[i]), 1);
                } else if (((Ids) window.target()).at(i) >= 0) {
                    int classes = window.output().shape().columns();
                    mean.add(term(largest(output, i * classes, classes), ((Ids) window.target()).at(i)), 1);
                }
            }
        }
    }

    /** The position of the largest of some numbers, the first of equal ones. */
    private static int largest(float[] numbers, int from, int count) {
        int best = 0;
        for (int c = 1; c < count; c++) {
            if (numbers[from + c] > numbers[from + best]) {
                best = c;
            }
        }
        return best;
    }

    /**
     * Adds the terms of a row of numbers to a mean.
     *
     * @param predictions not modified
     * @param targets not modified
     * @param length how many positions of the row are valid; the padding behind them is not compared
     */
    public void add(Mean mean, double[] predictions, double[] targets, int length) {
        for (int i = 0; i < length; i++) {
            mean.add(term(predictions[i], targets[i]), 1);
        }
    }

    /**
     * Adds the terms of a row of classes or token ids to a mean.
     *
     * @param predictions not modified
     * @param targets not modified
     * @param length how many positions of the row are valid; the padding behind them is not compared
     */
    public void add(Mean mean, int[] predictions, int[] targets, int length) {
        for (int i = 0; i < length; i++) {
            mean.add(term(predictions[i], targets[i]), 1);
        }
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public double of(Mean mean) {
        return mean.value();
    }

    @Override
    public boolean better(double value, double than) {
        return value < than;
    }
}
