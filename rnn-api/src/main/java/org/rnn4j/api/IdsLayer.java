package org.rnn4j.api;

import java.util.Collections;
import java.util.List;

/** Token ids to one tensor: what an embedding is. */
@FunctionalInterface
public interface IdsLayer extends Node {
    /** The output for ids {@code (N,T)}. */
    Tensor forward(Ids ids, Pass pass);

    @Override
    default List<Value> forward(List<Value> inputs, Pass pass) {
        // Not List.of, which refuses null without a word: the model says of whom it is.
        return Collections.singletonList(forward(Node.only(inputs, Ids.class), pass));
    }
}
