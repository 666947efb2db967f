package org.rnn4j.layers;

import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerException;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Node;
import org.rnn4j.api.Params;

/** Creating the layer that another layer holds as {@code layer}. */
final class Wrapped {
    private Wrapped() {}

    /** The spec, known to be there. */
    static LayerSpec<? extends Layer> known(LayerSpec<? extends Layer> layer) {
        if (layer == null) {
            throw new IllegalArgumentException("layer: expected a layer of one input and one output, such as TimeLSTM");
        }
        return layer;
    }

    /**
     * The layer.
     *
     * @param params those of the layer itself
     * @throws IllegalArgumentException where it is none: a configuration file can name anything, whatever the type says
     */
    static Layer create(LayerSpec<? extends Layer> layer, Params params) {
        LayerSpec<?> named = layer;
        Node created = LayerException.within("layer", () -> named.create(params));
        if (!(created instanceof Layer inner)) {
            throw new IllegalArgumentException(
                    "layer is of type " + layer.getClass().getSimpleName()
                            + ", expected a layer of one input and one output, such as TimeLSTM");
        }
        return inner;
    }
}
