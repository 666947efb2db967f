package org.rnn4j.api;

import java.util.List;

/** One tensor to one tensor: the common kind of {@link Node}. Most layers take {@code (N,T,D)} and give {@code (N,T,H)}. */
@FunctionalInterface
public interface Layer extends Node {
    /** The output for an input. */
    Tensor forward(Tensor x, Pass pass);

    @Override
    default List<Value> forward(List<Value> inputs, Pass pass) {
        return List.of(forward(Node.only(inputs, Tensor.class), pass));
    }
}
