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
 * The maximum of each column over the valid steps of a row: {@code (N,T,D)} to {@code (N,D)}.
 *
 * <pre>
 * y[n,d] = max(x[n,0,d], …, x[n,L-1,d])      L the row's length
 * </pre>
 *
 * <p>The gradient goes to the first step that has the maximum. A row without a valid step gives zeros. In a stream it is the maximum so far.
 *
 * <pre>{@code
 * Layer max = new Max().create(params);
 * }</pre>
 *
 * <p>Cost: N·T·D comparisons. Source: Collobert et al., "Natural language processing (almost) from scratch", 2011, section 3.2.2.
 */
public record Max() implements LayerSpec<Layer> {
    @Override
    public Layer create(Params params) {
        return (x, pass) ->
                pass.unroll(new Greatest(x.shape().columns()), x).state().get("max");
    }

    private record Greatest(int width) implements Recurrent {
        @Override
        public List<StatePart> state() {
            return List.of(StatePart.of("max", width), StatePart.of("seen", 1));
        }

        @Override
        public Step step(Tensor x, State previous) {
            Tensor seen = previous.get("seen");
            // States begin as zeros, and a zero that was never seen must not be the greatest.
            Tensor nothing = seen.oneMinus().relu().times(-Float.MAX_VALUE);
            Tensor max = previous.get("max").plus(nothing).max(x);
            return new Step(x, State.of("max", max, "seen", seen.times(0).plus(1)));
        }
    }
}
