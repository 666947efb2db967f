package org.rnn4j.core;

import java.util.List;
import java.util.Optional;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;

/**
 * The result of one forward pass.
 *
 * @param outputs the outputs in the order in which the spec names them
 * @param carry the states after this window
 * @param penalty the sum that layers add to the loss, of shape {@code ()}: see {@link org.rnn4j.api.Pass#penalize}
 */
public record Forward(List<Value> outputs, Carry carry, Optional<Tensor> penalty) {
    /** Copies the list. */
    public Forward {
        outputs = List.copyOf(outputs);
    }

    /**
     * The first output.
     *
     * @throws IllegalArgumentException if it consists of ids; use {@link #outputs} for those
     */
    public Tensor output() {
        if (outputs.get(0) instanceof Tensor tensor) {
            return tensor;
        }
        throw new IllegalArgumentException("the model's first output is ids of shape "
                + outputs.get(0).shape() + ", expected a tensor; outputs() has them");
    }
}
