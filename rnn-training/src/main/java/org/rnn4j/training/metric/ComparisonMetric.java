package org.rnn4j.training.metric;

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
