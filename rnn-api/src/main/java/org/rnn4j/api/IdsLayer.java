package org.rnn4j.api;

import java.util.List;

/** Token ids to one tensor: what an embedding is. */
@FunctionalInterface
public interface IdsLayer extends Node {
    /** The output for ids {@code (N,T)}. */
    Tensor forward(Ids ids, Pass pass);

    @Override
    default List<Value> forward(List<Value> inputs, Pass pass) {
        return List.of(forward(Node.only(inputs, Ids.class), pass));
    }
}
