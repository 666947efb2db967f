package org.rnn4j.training.metric;

/**
 * Functions of a mean negative log-likelihood in nats, such as the softmax cross-entropy; less is better.
 *
 * <p>They use the value of the loss, a mean for each window that is rounded to float32. Unlike other metrics they may therefore differ in the seventh
 * digit when the same rows are split into other windows.
 */
public enum LikelihoodMetric implements Metric {
    /** The mean itself, m. */
    NATS("nats") {
        @Override
        public double of(Mean nats) {
            return nats.value();
        }
    },
    /** {@code exp(m)}: the number of equally likely tokens among which the model would have to choose. */
    PERPLEXITY("perplexity") {
        @Override
        public double of(Mean nats) {
            return StrictMath.exp(nats.value());
        }
    },
    /** {@code m / ln 2}; the tokens are characters. */
    BITS_PER_CHARACTER("bits per character") {
        @Override
        public double of(Mean nats) {
            return nats.value() / StrictMath.log(2);
        }
    };

    private final String label;

    LikelihoodMetric(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    /** Returns the number to print for a mean negative log-likelihood. */
    public abstract double of(Mean nats);

    /** Uses the losses of windows as negative log-likelihoods. */
    @Override
    public Tally begin() {
        Mean nats = new Mean();
        return new Tally() {
            @Override
            public void add(Judged window) {
                nats.add(window.loss().mean(), window.loss().positions());
            }

            @Override
            public double value() {
                return of(nats);
            }
        };
    }

    @Override
    public boolean better(double value, double than) {
        return value < than;
    }
}
