package acme.six;

import org.rnn4j.training.metric.LikelihoodMetric;
import org.rnn4j.training.metric.Metric;
import org.rnn4j.training.metric.Tally;

/** By the label {@code acme nats}. */
public record Confidence() implements Metric {
    @Override
    public String label() {
        return "acme nats";
    }

    @Override
    public Tally begin() {
        return LikelihoodMetric.NATS.begin();
    }

    @Override
    public boolean better(double value, double than) {
        return value < than;
    }
}
