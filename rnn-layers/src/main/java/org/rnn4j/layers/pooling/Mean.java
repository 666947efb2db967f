package org.rnn4j.layers.pooling;

import java.util.List;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;

/**
 * The mean of each row's valid steps: {@code (N,T,D)} to {@code (N,D)}.
 *
 * <pre>
 * y[n] = (x[n,0] + … + x[n,L-1]) / L      L the row's length
 * </pre>
 *
 * <p>A row without a valid step gives zeros. In a stream it is the mean of the steps so far.
 *
 * <pre>{@code
 * Layer mean = new Mean().create(params);
 * }</pre>
 *
 * <p>Cost: N·T·D additions.
 */
public record Mean() implements LayerSpec<Layer> {
    @Override
    public Layer create(Params params) {
        return (x, pass) -> {
            State last = pass.unroll(new Total(x.shape().columns()), x).state();
            Tensor atLeastOne = last.get("count").plus(-1).relu().plus(1);
            return last.get("sum").dividedBy(atLeastOne);
        };
    }

    private record Total(int width) implements Recurrent {
        @Override
        public List<StatePart> state() {
            return List.of(StatePart.of("sum", width), StatePart.of("count", 1));
        }

        @Override
        public Step step(Tensor x, State previous) {
            Tensor sum = previous.get("sum").plus(x);
            return new Step(
                    x, State.of("sum", sum, "count", previous.get("count").plus(1)));
        }
    }
}
