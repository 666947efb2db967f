package org.rnn4j.training.metric;

/** A mean over all positions of a term that compares one prediction with its target. */
public interface TermMetric extends Metric {

    /** Returns what one position contributes to the mean. */
    double term(double prediction, double target);

    @Override
    default Tally begin() {
        Mean mean = new Mean();
        return new Tally() {
            @Override
            public void add(Judged window) {
                double[] predictions = window.predictions();
                double[] targets = window.targets();
                window.forEach(i -> mean.add(term(predictions[i], targets[i]), 1));
            }

            @Override
            public double value() {
                return mean.value();
            }
        };
    }
}
