package org.rnn4j.api.op;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.rnn4j.api.Tensor;

/**
 * A cell's hand-written step together with the cell's parameters.
 *
 * @param kernel the step
 * @param wx (D,G)
 * @param b (G)
 * @param weights the other parameters, in the order that the kernel expects
 */
public record Fused(StepKernel kernel, Tensor wx, Tensor b, List<Tensor> weights) {
    /** Copies the list. */
    public Fused {
        weights = List.copyOf(weights);
    }

    /** A hand-written step of a cell with these other parameters. */
    public static Optional<Fused> of(StepKernel kernel, Tensor wx, Tensor b, Tensor... weights) {
        return Optional.of(new Fused(kernel, wx, b, Arrays.asList(weights)));
    }
}
