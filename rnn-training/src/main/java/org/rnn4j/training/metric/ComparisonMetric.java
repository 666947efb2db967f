package org.rnn4j.training.metric;

/** Means of a term that compares one prediction with its target, for any data. */
public enum ComparisonMetric implements TermMetric {
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

    @Override
    public String label() {
        return label;
    }

    @Override
    public boolean better(double value, double than) {
        return value < than;
    }
}
