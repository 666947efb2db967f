package org.rnn4j.api;

import java.util.Collections;
import java.util.List;

/** A node from token ids to one tensor, such as an embedding. */
@FunctionalInterface
public interface IdsLayer extends Node {
    /** The output for ids {@code (N,T)}. */
    Tensor forward(Ids ids, Pass pass);

    @Override
    default List<Value> forward(List<Value> inputs, Pass pass) {
        // Not List.of, which rejects null without a message: the model names the layer.
        return Collections.singletonList(forward(Node.only(inputs, Ids.class), pass));
    }
}
