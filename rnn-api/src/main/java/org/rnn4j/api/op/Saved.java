package org.rnn4j.api.op;

/** Memory in which an op's forward pass leaves what its backward pass needs. It belongs to one application of the op. */
public interface Saved {
    /** A new array of zeros, kept until the backward pass; the first call makes array 0, the next array 1, and so on. */
    float[] take(int size);

    /** An array that the forward pass took. */
    float[] get(int index);
}
