package org.rnn4j.api;

import java.util.Collections;
import java.util.List;

/** One tensor to one tensor: the common kind of {@link Node}. Most layers take {@code (N,T,D)} and give {@code (N,T,H)}. */
@FunctionalInterface
public interface Layer extends Node {
    /** The output for an input. */
    Tensor forward(Tensor x, Pass pass);

    @Override
    default List<Value> forward(List<Value> inputs, Pass pass) {
        // Not List.of, which refuses null without a word: the model says of whom it is.
        return Collections.singletonList(forward(Node.only(inputs, Tensor.class), pass));
    }
}
