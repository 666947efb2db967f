package org.rnn4j.api;

import java.util.Collections;
import java.util.List;

/** One tensor to one tensor: the common kind of {@link Node}. Most layers take {@code (N,T,D)} and give {@code (N,T,H)}. */
@FunctionalInterface
public interface Layer extends Node {
    /** The output for an input. */
    Tensor forward(Tensor x, Pass pass);

    /**
     * Creates the layer that another one holds as a part: see {@link Spec#part}.
     *
     * @throws IllegalArgumentException where it is no layer: a configuration file can name anything, whatever the type says
     */
    static Layer part(String name, LayerSpec<? extends Layer> layer, Params whole) {
        LayerSpec<?> named = layer;
        Node created = named.part(name, whole);
        if (created instanceof Layer inner) {
            return inner;
        }
        throw new IllegalArgumentException(
                name + " is of type " + layer.getClass().getSimpleName()
                        + ", expected a layer of one input and one output, such as TimeLSTM");
    }

    @Override
    default List<Value> forward(List<Value> inputs, Pass pass) {
        // Not List.of, which refuses null without a word: the model says of whom it is.
        return Collections.singletonList(forward(Node.only(inputs, Tensor.class), pass));
    }
}
