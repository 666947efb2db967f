package org.rnn4j.core;

import java.util.List;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;

/**
 * What one forward pass gives.
 *
 * @param outputs the outputs in the order in which the spec names them
 * @param carry the states after this window
 */
public record Forward(List<Value> outputs, Carry carry) {
    /** Copies the list. */
    public Forward {
        outputs = List.copyOf(outputs);
    }

    /** The first output. */
    public Tensor output() {
        return (Tensor) outputs.get(0);
    }
}
