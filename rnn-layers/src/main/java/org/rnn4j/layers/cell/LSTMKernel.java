package org.rnn4j.layers.cell;

import java.util.List;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.FusedStep;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.StepKernel;
import org.rnn4j.api.op.Weight;

/**
 * The hand-written step of {@link LSTM}.
 *
 * <pre>
 * a  = b + x·Wx + h_prev·Wh
 * i  = sigmoid(a_i)   f = sigmoid(a_f)   g = tanh(a_g)   o = sigmoid(a_o), in the place of a
 * c  = f * c_prev + i * g
 * u  = tanh(c)
 * h  = o * u
 *
 * da_o = dh * u * o * (1 - o)
 * dc  += dh * o * (1 - u²)
 * da_i = dc * g * i * (1 - i)
 * da_f = dc * c_prev * f * (1 - f)
 * da_g = dc * i * (1 - g²)
 * dc_prev = dc * f
 * dh_prev = da·Whᵀ
 * dWh += h_prevᵀ·da
 * </pre>
 */
record LSTMKernel(Weight wh) implements StepKernel {
    @Override
    public int gates() {
        return 4;
    }

    /** u. */
    @Override
    public int[] kept() {
        return new int[] {1};
    }

    @Override
    public List<Weight> weights() {
        return List.of(wh);
    }

    @Override
    public void forward(Kernels k, FusedStep s) {
        Block i = s.gates().at(0);
        Block f = s.gates().at(1);
        Block g = s.gates().at(2);
        Block o = s.gates().at(3);
        Block c = s.next(1);
        Block u = s.kept(0).all();
        k.multiplyAdd(s.previous(0), s.matrix(wh), s.gates().all());
        k.sigmoid(i, i);
        k.sigmoid(f, f);
        k.tanh(g, g);
        k.sigmoid(o, o);
        k.times(f, s.previous(1), c);
        k.addTimes(i, g, c);
        k.tanh(c, u);
        k.times(o, u, s.next(0));
    }

    @Override
    public void backward(Kernels k, FusedStep s) {
        Block i = s.gates().at(0);
        Block f = s.gates().at(1);
        Block g = s.gates().at(2);
        Block o = s.gates().at(3);
        Block u = s.kept(0).all();
        Block dh = s.dState(0);
        Block dc = s.dState(1);
        Block di = s.dGates().at(0);
        Block df = s.dGates().at(1);
        Block dg = s.dGates().at(2);
        Block dOut = s.dGates().at(3);

        k.sigmoidGradient(dh, u, o, dOut);

        // dg is not needed yet: it holds what goes to dc.
        k.tanhGradient(dh, o, u, dg);
        k.plus(dc, dg, dc);

        k.sigmoidGradient(dc, g, i, di);
        k.sigmoidGradient(dc, s.previous(1), f, df);
        k.tanhGradient(dc, i, g, dg);
        k.times(dc, f, dc);
        k.multiply(s.dGates().all(), s.matrix(wh), dh);
    }
}
