package org.rnn4j.layers.pooling;

import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Tensor;

/**
 * The last step of a window: {@code (N,T,D)} to {@code (N,D)}.
 *
 * <pre>
 * y[n] = x[n,T-1]
 * </pre>
 *
 * <p>For rows that are all as long as the window. A shorter row gives zeros; {@link LastValid} gives its last valid step.
 *
 * <pre>{@code
 * Layer last = new Last().create(params);
 * }</pre>
 *
 * <p>Cost: N·D numbers are copied.
 */
public record Last() implements LayerSpec<Layer> {
    @Override
    public Layer create(Params params) {
        return (x, pass) -> {
            x.shape().window();
            int t = x.shape().dim(1) - 1;
            Tensor last = x.step(t);
            return pass.spans().allValidAt(t) ? last : last.where(pass.spans().validAt(t), pass.zeros(last.shape()));
        };
    }
}
