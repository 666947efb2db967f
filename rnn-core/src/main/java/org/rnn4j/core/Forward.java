package org.rnn4j.core;

import java.util.List;
import java.util.Optional;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;

/**
 * What one forward pass gives.
 *
 * @param outputs the outputs in the order in which the spec names them
 * @param carry the states after this window
 * @param penalty what layers add to the loss, of shape {@code ()}: see {@link org.rnn4j.api.Pass#penalize}
 */
public record Forward(List<Value> outputs, Carry carry, Optional<Tensor> penalty) {
    /** Copies the list. */
    public Forward {
        outputs = List.copyOf(outputs);
    }

    /** The first output. */
    public Tensor output() {
        return (Tensor) outputs.get(0);
    }
}
