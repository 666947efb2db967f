package org.rnn4j.core.unroll;

import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.FusedStep;
import org.rnn4j.api.op.Kernels.Packed;
import org.rnn4j.api.op.Slices;

/** Rows of a {@link FusedWindow} as its kernel sees them. */
final class WindowStep implements FusedStep {
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

    WindowStep(Slices gates, Block[] previous, Block[] next, Slices[] kept, Block[] vectors, Packed[] weights) {
        this.gates = gates;
        this.previous = previous;
        this.next = next;
        this.kept = kept;
        this.vectors = vectors;
        this.weights = weights;
    }

    WindowStep back(Slices ofGates, Slices[] ofWeights, Block[] ofState) {
        dGates = ofGates;
        gradients = ofWeights;
        dState = ofState;
        return this;
    }

    @Override
    public Slices gates() {
        return gates;
    }

    @Override
    public Block previous(int i) {
        return previous[i];
    }

    @Override
    public Block next(int i) {
        return next[i];
    }

    @Override
    public Slices kept(int i) {
        return kept[i];
    }

    @Override
    public Packed weight(int i) {
        return weights[i];
    }

    @Override
    public Block vector(int i) {
        return vectors[i];
    }

    @Override
    public Slices dGates() {
        return dGates;
    }

    @Override
    public Slices gradient(int i) {
        return gradients[i];
    }

    @Override
    public Block dState(int i) {
        return dState[i];
    }
}
