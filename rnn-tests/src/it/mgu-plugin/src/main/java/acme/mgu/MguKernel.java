package acme.mgu;

import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.FusedStep;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Kernels.Packed;
import org.rnn4j.api.op.Memory;
import org.rnn4j.api.op.StepKernel;

/**
 * {@link Mgu} by hand.
 *
 * <pre>
 * f = sigmoid(a_f + h'·Wf)   v = f * h'   n = tanh(a_n + v·Wn)   h = h' + f * (n - h')
 *
 * da_n = dh * f * (1 - n²)
 * dv   = da_n·Wnᵀ
 * da_f = (dh * (n - h') + dv * h') * f * (1 - f)
 * dh'  = dh + f * (dv - dh) + da_f·Wfᵀ
 * dWf += h'ᵀ·da_f            dWn += vᵀ·da_n
 * </pre>
 */
record MguKernel() implements StepKernel {
    /** f and n. */
    @Override
    public int gates() {
        return 2;
    }

    /** v. */
    @Override
    public int[] kept() {
        return new int[] {1};
    }

    /** dv. */
    @Override
    public int[] gradients() {
        return new int[] {1};
    }

    @Override
    public Packed[] forwardWeights(Memory memory, Block[] weights) {
        return new Packed[] {memory.packed(weights[0]), memory.packed(weights[1])};
    }

    @Override
    public Packed[] backwardWeights(Memory memory, Block[] weights) {
        return new Packed[] {memory.packed(weights[0].transposed()), memory.packed(weights[1].transposed())};
    }

    @Override
    public void forward(Kernels k, FusedStep s) {
        Block before = s.previous(0);
        Block f = s.gates().at(0);
        Block n = s.gates().at(1);
        Block v = s.kept(0).all();
        k.multiplyAdd(before, s.weight(0), f);
        k.sigmoid(f, f);
        k.times(f, before, v);
        k.multiplyAdd(v, s.weight(1), n);
        k.tanh(n, n);
        k.mix(before, n, f, s.next(0));
    }

    @Override
    public void backward(Kernels k, FusedStep s) {
        Block before = s.previous(0);
        Block f = s.gates().at(0);
        Block n = s.gates().at(1);
        Block dh = s.dState(0);
        Block df = s.dGates().at(0);
        Block dn = s.dGates().at(1);
        Block dv = s.gradient(0).all();
        k.tanhGradient(dh, f, n, dn);
        k.multiply(dn, s.weight(1), dv);
        k.minus(n, before, df);
        k.times(dh, df, df);
        k.addTimes(dv, before, df);
        k.sigmoidGradient(df, f, df);
        k.mix(dh, dv, f, dh);
        k.multiplyAdd(df, s.weight(0), dh);
    }

    @Override
    public void weights(Kernels k, Memory memory, FusedStep all, Packed dGates, Block[] dWeights) {
        Block[] lefts = {all.previous(0), all.kept(0).all()};
        for (int i = 0; i < 2; i++) {
            if (dWeights[i] != null) {
                k.multiplyAdd(lefts[i].transposed(), memory.packed(all.dGates().at(i)), dWeights[i]);
            }
        }
    }
}
