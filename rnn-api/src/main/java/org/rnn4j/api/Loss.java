package org.rnn4j.api;

import java.util.List;
import java.util.Optional;

/**
 * How wrong an output is: one number, which training minimizes.
 *
 * <p>A loss is a mean over the valid positions of a window. If no position is valid, it is 0 with gradient 0, not NaN.
 */
public interface Loss {
    /**
     * The mean over the valid positions, of shape {@code ()}.
     *
     * @param output the output of the model, {@code (N,T,…)}
     * @param target the desired output, of the kind and shape that the loss documents
     */
    Tensor of(Tensor output, Value target, Spans spans);

    /** How many positions the mean is over, so that the means of several windows can be combined. */
    long positions(Value target, Spans spans);

    /**
     * The ids that the model predicts for each row as a whole, for a loss whose targets are not aligned with steps; metrics then compare whole rows.
     * Empty unless overridden: the output has a prediction for each position of the target.
     *
     * @param output the output of the model, as for {@link #of}
     */
    default Optional<List<int[]>> transcripts(Tensor output, Spans spans) {
        return Optional.empty();
    }
}
