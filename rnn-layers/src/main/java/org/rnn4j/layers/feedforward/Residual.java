package org.rnn4j.layers.feedforward;

import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spec;
import org.rnn4j.api.Tensor;

/**
 * A layer that learns what to add to its input; the shape does not change.
 *
 * <pre>
 * y = x + layer(x)
 * </pre>
 *
 * <p>The layer's parameters, states and errors have {@code layer} in their paths. Past a row's end the output is zero, as for a layer over time.
 *
 * <pre>{@code
 * Layer layer = new Residual(new TimeLSTM(128, 128)).create(params); // parameters layer.cell.wx, …
 * }</pre>
 *
 * <p>Cost: the layer's, and one addition for each number. Source: He et al., "Deep residual learning for image recognition", 2016, equation 1;
 * between recurrent layers: Wu et al., "Google's neural machine translation system", 2016, section 3.1.
 *
 * @param layer a layer whose output has the shape of its input
 */
public record Residual(LayerSpec<? extends Layer> layer) implements LayerSpec<Layer> {
    /** Checks that there is a layer. */
    public Residual {
        Spec.required("layer", layer, "a layer of one input and one output, such as TimeLSTM");
    }

    @Override
    public Layer create(Params params) {
        Layer inner = Layer.part("layer", layer, params);
        return (x, pass) -> {
            Tensor y = pass.within("layer", place -> inner.forward(x, place));
            if (!y.shape().equals(x.shape())) {
                throw new IllegalArgumentException(
                        "layer gives " + y.shape() + " for " + x.shape() + ": expected the same shape");
            }
            Shape shape = x.shape();
            if (shape.rank() != 3 || pass.spans().isFull()) {
                return x.plus(y);
            }
            boolean[] valid = pass.spans().mask(shape.dim(0), shape.dim(1));
            return x.where(valid, pass.zeros(shape)).plus(y);
        };
    }
}
