package acme;

import org.rnn4j.api.Loss;
import org.rnn4j.api.LossSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;

/** The sum of squared differences. */
public record Squares() implements LossSpec {
    @Override
    public Loss create(Params params) {
        return new Loss() {
            @Override
            public Tensor of(Tensor output, Value target, Spans lengths) {
                Tensor difference = output.minus((Tensor) target);
                return difference.times(difference).sum();
            }

            @Override
            public long positions(Value target, Spans lengths) {
                return target.shape().size();
            }
        };
    }
}
