package org.rnn4j.layers;

import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.FusedStep;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Kernels.Packed;
import org.rnn4j.api.op.Memory;
import org.rnn4j.api.op.StepKernel;

/**
 * {@link RNN} by hand.
 *
 * <pre>
 * h  = tanh(a)             a = b + x·Wx + h_prev·Wh, in whose place h stands
 * da = dh * (1 - h²)       dh_prev = da·Whᵀ       dWh += h_prevᵀ·da
 * </pre>
 */
record RNNKernel() implements StepKernel {
    @Override
    public int gates() {
        return 1;
    }

    @Override
    public Packed[] forwardWeights(Memory memory, Block[] weights) {
        return new Packed[] {memory.packed(weights[0])};
    }

    @Override
    public Packed[] backwardWeights(Memory memory, Block[] weights) {
        return new Packed[] {memory.packed(weights[0].transposed())};
    }

    @Override
    public void forward(Kernels k, FusedStep s) {
        Block h = s.gates().all();
        k.multiplyAdd(s.previous(0), s.weight(0), h);
        k.tanh(h, h);
        k.copy(h, s.next(0));
    }

    @Override
    public void backward(Kernels k, FusedStep s) {
        Block dh = s.dState(0);
        Block da = s.dGates().all();
        k.tanhGradient(dh, s.gates().all(), da);
        k.multiply(da, s.weight(0), dh);
    }

    @Override
    public void weights(Kernels k, Memory memory, FusedStep all, Packed dGates, Block[] dWeights) {
        if (dWeights[0] != null) {
            k.multiplyAdd(all.previous(0).transposed(), dGates, dWeights[0]);
        }
    }
}
