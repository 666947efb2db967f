package org.rnn4j.api;

import java.util.List;

/** What flows along an edge of a model: numbers ({@link Tensor}) or token ids ({@link Ids}). */
public sealed interface Value permits Tensor, Ids {
    /** The lengths of the axes. */
    Shape shape();

    /** The shapes of several, as messages print them. */
    static List<Shape> shapes(List<? extends Value> values) {
        return values.stream().map(Value::shape).toList();
    }
}
