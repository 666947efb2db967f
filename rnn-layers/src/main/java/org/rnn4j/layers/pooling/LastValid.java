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
 * The last valid step of each row: {@code (N,T,D)} to {@code (N,D)}.
 *
 * <pre>
 * y[n] = x[n,L-1]      L the row's length
 * </pre>
 *
 * <p>A row without a valid step gives zeros. In a stream, every step is the last one so far.
 *
 * <pre>{@code
 * Map<String, LayerSpec<?>> classifier = new LinkedHashMap<>();
 * classifier.put("lstm", new TimeLSTM(64, 128));
 * classifier.put("last", new LastValid());
 * classifier.put("output", new Affine(128, 2));
 * }</pre>
 *
 * <p>Cost: N·T·D numbers are copied.
 */
public record LastValid() implements LayerSpec<Layer> {
    @Override
    public Layer create(Params params) {
        return (x, pass) ->
                pass.unroll(new Newest(x.shape().columns()), x).state().get("last");
    }

    /** The last valid step is a state, because a window may contain no valid step of a row. */
    private record Newest(int width) implements Recurrent {
        @Override
        public List<StatePart> state() {
            return List.of(StatePart.of("last", width));
        }

        @Override
        public Step step(Tensor x, State previous) {
            return new Step(x, State.of("last", x));
        }
    }
}
