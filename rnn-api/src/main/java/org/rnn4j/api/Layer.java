package org.rnn4j.api;

import java.util.Collections;
import java.util.List;

/** A node from one tensor to one tensor, the common kind of {@link Node}. Most layers take {@code (N,T,D)} and return {@code (N,T,H)}. */
@FunctionalInterface
public interface Layer extends Node {
    /** The output for an input. */
    Tensor forward(Tensor x, Pass pass);

    /**
     * Creates a layer that is part of another layer: see {@link Spec#part}.
     *
     * @throws IllegalArgumentException if it is not a layer: a configuration file can name anything, whatever the static type says
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
        // Not List.of, which rejects null without a message: the model names the layer.
        return Collections.singletonList(forward(Node.only(inputs, Tensor.class), pass));
    }
}
