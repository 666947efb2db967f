package org.rnn4j.run;

import java.util.List;
import org.rnn4j.api.Loss;
import org.rnn4j.api.LossSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;
import org.rnn4j.core.optim.UpdateRule;
import org.rnn4j.training.metric.LikelihoodMetric;
import org.rnn4j.training.metric.Metric;
import org.rnn4j.training.metric.Tally;

/** A third-party update rule for tests: it halves every number, whatever the gradient. */
public record HalvingRule() implements UpdateRule {
    /** A third-party loss: always 0. */
    public record NothingIsWrong() implements LossSpec {
        @Override
        public Loss create(Params params) {
            return new Loss() {
                @Override
                public Tensor of(Tensor output, Value target, Spans lengths) {
                    return output.times(0).sum();
                }

                @Override
                public long positions(Value target, Spans lengths) {
                    return target.shape().size();
                }
            };
        }
    }

    /** A third party's metric, by the label {@code acme bits}. */
    public record Bits() implements Metric {
        @Override
        public String label() {
            return "acme bits";
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

    @Override
    public List<String> memory() {
        return List.of();
    }

    @Override
    public void update(Move move, float[] w, float[] dw, float[][] memory) {
        for (int i = 0; i < w.length; i++) {
            w[i] /= 2;
        }
    }
}
