package org.rnn4j.api;

/** What flows along an edge of a model: numbers ({@link Tensor}) or token ids ({@link Ids}). */
public sealed interface Value permits Tensor, Ids {
    /** The lengths of the axes. */
    Shape shape();
}
