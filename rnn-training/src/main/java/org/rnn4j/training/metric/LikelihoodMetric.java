package org.rnn4j.training.metric;

/**
 * Functions of a mean negative log-likelihood in nats, which is what the softmax cross-entropy is; less is better.
 *
 * <p>They take what the loss gives: a mean for each window, rounded to float32. So, unlike other metrics, they may differ in the seventh digit
 * when the same rows are cut into other windows.
 */
public enum LikelihoodMetric implements Metric {
    /** The mean itself, m. */
    NATS("nats") {
        @Override
        public double of(Mean nats) {
            return nats.value();
        }
    },
    /** {@code exp(m)}: among how many equally likely tokens the model chooses. */
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

    /** Takes the windows' losses for negative log-likelihoods. */
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
