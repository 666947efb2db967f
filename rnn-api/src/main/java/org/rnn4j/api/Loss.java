package org.rnn4j.api;

import java.util.List;
import java.util.Optional;

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
    Tensor of(Tensor output, Value target, Spans spans);

    /** How many positions the mean is over, so that the means of several windows can be put together. */
    long positions(Value target, Spans spans);

    /**
     * What the model says in each row as a whole, for a loss of targets of which nobody knows at which steps their ids are: then metrics compare
     * whole rows. Empty unless overridden: the output has a prediction for each position of the target.
     *
     * @param output what the model gave, as for {@link #of}
     */
    default Optional<List<int[]>> transcripts(Tensor output, Spans spans) {
        return Optional.empty();
    }
}
