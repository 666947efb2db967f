package org.rnn4j.api.op;

import org.rnn4j.api.op.Kernels.Packed;

/** What a {@link StepKernel} works on: some rows of a batch at one step, or the rows of several steps together. */
public final class FusedStep {
    private final Slices gates;
    private final Block[] previous;
    private final Block[] next;
    private final Slices[] kept;
    private final Block[] vectors;
    private final Packed[] weights;

    // In a backward pass alone.
    private Slices dGates;
    private Slices[] gradients;
    private Block[] dState;

    FusedStep(Slices gates, Block[] previous, Block[] next, Slices[] kept, Block[] vectors, Packed[] weights) {
        this.gates = gates;
        this.previous = previous;
        this.next = next;
        this.kept = kept;
        this.vectors = vectors;
        this.weights = weights;
    }

    FusedStep back(Slices ofGates, Slices[] ofWeights, Block[] ofState) {
        dGates = ofGates;
        gradients = ofWeights;
        dState = ofState;
        return this;
    }

    /** The gates (rows,G): before the forward step {@code b + x_t·Wx}, after it what it left there. */
    public Slices gates() {
        return gates;
    }

    /** Part {@code i} of the state before the step, (rows,H). */
    public Block previous(int i) {
        return previous[i];
    }

    /** Part {@code i} of the state after the step, (rows,H); only for the forward step, which sets it. */
    public Block next(int i) {
        return next[i];
    }

    /** Array {@code i} of {@link StepKernel#kept}. */
    public Slices kept(int i) {
        return kept[i];
    }

    /** Recurrent weight {@code i} as {@link StepKernel#forwardWeights} or {@link StepKernel#backwardWeights} gave it. */
    public Packed weight(int i) {
        return weights[i];
    }

    /** Parameter {@code i} beside Wx and b, which is a vector, once for each row; null where it is a matrix. */
    public Block vector(int i) {
        return vectors[i];
    }

    /** The gradient of the gates before they were activated, (rows,G). */
    public Slices dGates() {
        return dGates;
    }

    /** Array {@code i} of {@link StepKernel#gradients}. */
    public Slices gradient(int i) {
        return gradients[i];
    }

    /** The gradient of part {@code i} of the state, (rows,H). */
    public Block dState(int i) {
        return dState[i];
    }
}
