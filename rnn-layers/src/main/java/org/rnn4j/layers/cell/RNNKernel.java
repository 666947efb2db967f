package org.rnn4j.layers.cell;

import java.util.List;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.FusedStep;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.StepKernel;
import org.rnn4j.api.op.Weight;

/**
 * The hand-written step of {@link RNN}.
 *
 * <pre>
 * h  = tanh(a)             a = b + x·Wx + h_prev·Wh, which h replaces
 * da = dh * (1 - h²)       dh_prev = da·Whᵀ       dWh += h_prevᵀ·da
 * </pre>
 */
record RNNKernel(Weight wh) implements StepKernel {
    @Override
    public int gates() {
        return 1;
    }

    @Override
    public List<Weight> weights() {
        return List.of(wh);
    }

    @Override
    public void forward(Kernels k, FusedStep s) {
        Block h = s.gates().all();
        k.multiplyAdd(s.previous(0), s.matrix(wh), h);
        k.tanh(h, h);
        k.copy(h, s.next(0));
    }

    @Override
    public void backward(Kernels k, FusedStep s) {
        Block dh = s.dState(0);
        Block da = s.dGates().all();
        k.tanhGradient(dh, s.gates().all(), da);
        k.multiply(da, s.matrix(wh), dh);
    }
}
