package org.rnn4j.api.op;

import java.util.List;
import org.rnn4j.api.Tensor;

/**
 * The hand-written step of a cell, with the parameters that every such cell has; the kernel names the other parameters.
 *
 * @param kernel the step
 * @param wx (D,G)
 * @param b (G)
 */
public record Fused(StepKernel kernel, Tensor wx, Tensor b) {
    /** The parameters that the kernel's weights are, or are columns of, each of them once. */
    public List<Tensor> parameters() {
        return kernel.weights().stream().map(Weight::parameter).distinct().toList();
    }
}
