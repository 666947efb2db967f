package org.rnn4j.api;

/**
 * How wrong an output is: one number to make small.
 *
 * <p>A loss is a mean over the valid positions of a window. Where no position is valid it is 0 with gradient 0, not NaN.
 */
public interface Loss {
    /**
     * The mean over the valid positions, of shape {@code ()}.
     *
     * @param output what the model gave, {@code (N,T,…)}
     * @param target what was wanted, of the kind and shape that the loss names
     */
    Tensor of(Tensor output, Value target, Lengths lengths);

    /** How many positions the mean is over, so that the means of several windows can be put together. */
    long positions(Value target, Lengths lengths);
}
