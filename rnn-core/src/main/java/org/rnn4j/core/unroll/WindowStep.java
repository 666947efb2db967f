package org.rnn4j.core.unroll;

import java.util.List;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.FusedStep;
import org.rnn4j.api.op.Kernels.Packed;
import org.rnn4j.api.op.Slices;
import org.rnn4j.api.op.Weight;

/** Rows of a {@link FusedWindow} as its kernel sees them. */
final class WindowStep implements FusedStep {
    private final Slices gates;
    private final Block[] previous;
    private final Block[] next;
    private final Slices[] kept;
    private final List<Weight> weights;
    private final Block[] vectors;
    private final Packed[] matrices;

    // In a backward pass alone.
    private Slices dGates;
    private Slices[] gradients;
    private Block[] dState;
    private Block[] dWeights;

    /**
     * Rows of a step.
     *
     * @param weights what the vectors and the matrices are of, in the same order
     */
    WindowStep(
            Slices gates,
            Block[] previous,
            Block[] next,
            Slices[] kept,
            List<Weight> weights,
            Block[] vectors,
            Packed[] matrices) {
        this.gates = gates;
        this.previous = previous;
        this.next = next;
        this.kept = kept;
        this.weights = weights;
        this.vectors = vectors;
        this.matrices = matrices;
    }

    WindowStep back(Slices ofGates, Slices[] ofWeights, Block[] ofState) {
        dGates = ofGates;
        gradients = ofWeights;
        dState = ofState;
        return this;
    }

    WindowStep addingTo(Block... gradientsOfWeights) {
        dWeights = gradientsOfWeights;
        return this;
    }

    private int place(Weight weight) {
        int place = weights.indexOf(weight);
        if (place < 0) {
            throw new IllegalArgumentException("the step asks for a weight of shape "
                    + weight.parameter().shape() + " that the kernel's weights() does not name");
        }
        return place;
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
    public Packed matrix(Weight weight) {
        return matrices[place(weight)];
    }

    @Override
    public Block vector(Weight weight) {
        return vectors[place(weight)];
    }

    @Override
    public Block dWeight(Weight weight) {
        return dWeights[place(weight)];
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
