package org.rnn4j.layers;

import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.FusedStep;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Kernels.Packed;
import org.rnn4j.api.op.Memory;
import org.rnn4j.api.op.StepKernel;

/**
 * {@link GRU} by hand. What both forms share:
 *
 * <pre>
 * a  = b + x·Wx
 * h  = n + z * (h_prev - n)
 *
 * da_z = dh * (h_prev - n) * z * (1 - z)
 * da_n = dh * (1 - z) * (1 - n²)
 * dh_prev = dh * z + …
 * </pre>
 */
final class GRUKernel {
    private GRUKernel() {}

    /** {@code da_z} and {@code da_n}; what is left in dh is {@code dh * z}. */
    private static void mixedBackward(Kernels k, FusedStep s, Block memory) {
        Block z = s.gates().at(1);
        Block n = s.gates().at(2);
        Block dh = s.dState(0);
        Block dz = s.dGates().at(1);
        Block dn = s.dGates().at(2);
        k.minus(s.previous(0), n, dz);
        k.sigmoidGradient(dh, dz, z, dz);
        k.times(dh, z, memory);
        k.minus(dh, memory, dn);
        k.tanhGradient(dn, n, dn);
        k.copy(memory, dh);
    }

    /**
     * The reset after the product.
     *
     * <pre>
     * u = h_prev·Wh + (0, 0, bn)
     * r = sigmoid(a_r + u_r)   z = sigmoid(a_z + u_z)   n = tanh(a_n + r * u_n), in the place of a
     *
     * da_r = da_n * u_n * r * (1 - r)
     * du   = (da_r, da_z, da_n * r)
     * dh_prev = dh * z + du·Whᵀ
     * dWh += h_prevᵀ·du       dbn += Σ du_n
     * </pre>
     */
    record ResetAfter() implements StepKernel {
        @Override
        public int gates() {
            return 3;
        }

        /** u. */
        @Override
        public int[] kept() {
            return new int[] {3};
        }

        /** du. */
        @Override
        public int[] gradients() {
            return new int[] {3};
        }

        @Override
        public void forward(Kernels k, FusedStep s) {
            Block r = s.gates().at(0);
            Block z = s.gates().at(1);
            Block n = s.gates().at(2);
            Block un = s.kept(0).at(2);
            k.multiply(s.previous(0), s.weight(0), s.kept(0).all());
            k.plus(un, s.vector(1), un);
            k.plus(r, s.kept(0).at(0), r);
            k.sigmoid(r, r);
            k.plus(z, s.kept(0).at(1), z);
            k.sigmoid(z, z);
            k.addTimes(r, un, n);
            k.tanh(n, n);
            k.mix(n, s.previous(0), z, s.next(0));
        }

        @Override
        public void backward(Kernels k, FusedStep s) {
            Block r = s.gates().at(0);
            Block dr = s.dGates().at(0);
            Block dn = s.dGates().at(2);
            Block dun = s.gradient(0).at(2);
            mixedBackward(k, s, dun);
            k.sigmoidGradient(dn, s.kept(0).at(2), r, dr);
            k.copy(dr, s.gradient(0).at(0));
            k.copy(s.dGates().at(1), s.gradient(0).at(1));
            k.times(dn, r, dun);
            k.multiplyAdd(s.gradient(0).all(), s.weight(0), s.dState(0));
        }

        @Override
        public void weights(Kernels k, Memory memory, FusedStep all, Packed dGates, Block[] dWeights) {
            if (dWeights[0] != null) {
                k.multiplyAdd(
                        all.previous(0).transposed(),
                        memory.packed(all.gradient(0).all()),
                        dWeights[0]);
            }
            if (dWeights[1] != null) {
                k.addSumOfRows(all.gradient(0).at(2), dWeights[1]);
            }
        }
    }

    /**
     * The reset before the product.
     *
     * <pre>
     * r = sigmoid(a_r + h_prev·Wh_r)   z = sigmoid(a_z + h_prev·Wh_z)
     * v = r * h_prev
     * n = tanh(a_n + v·Wh_n), all in the place of a
     *
     * dv   = da_n·Wh_nᵀ
     * da_r = dv * h_prev * r * (1 - r)
     * dh_prev = dh * z + dv * r + da_r·Wh_rᵀ + da_z·Wh_zᵀ
     * dWh += (h_prevᵀ·da_r, h_prevᵀ·da_z, vᵀ·da_n)
     * </pre>
     */
    record ResetBefore() implements StepKernel {
        @Override
        public int gates() {
            return 3;
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
            Packed[] packed = new Packed[3];
            for (int gate = 0; gate < 3; gate++) {
                packed[gate] = memory.packed(ofGate(weights[0], gate));
            }
            return packed;
        }

        @Override
        public Packed[] backwardWeights(Memory memory, Block[] weights) {
            Packed[] packed = new Packed[3];
            for (int gate = 0; gate < 3; gate++) {
                packed[gate] = memory.packed(ofGate(weights[0], gate).transposed());
            }
            return packed;
        }

        private static Block ofGate(Block wh, int gate) {
            int width = wh.rows();
            return wh.columns(gate * width, (gate + 1) * width);
        }

        @Override
        public void forward(Kernels k, FusedStep s) {
            Block hPrev = s.previous(0);
            Block r = s.gates().at(0);
            Block z = s.gates().at(1);
            Block n = s.gates().at(2);
            Block v = s.kept(0).all();
            k.multiplyAdd(hPrev, s.weight(0), r);
            k.sigmoid(r, r);
            k.multiplyAdd(hPrev, s.weight(1), z);
            k.sigmoid(z, z);
            k.times(r, hPrev, v);
            k.multiplyAdd(v, s.weight(2), n);
            k.tanh(n, n);
            k.mix(n, hPrev, z, s.next(0));
        }

        @Override
        public void backward(Kernels k, FusedStep s) {
            Block r = s.gates().at(0);
            Block dh = s.dState(0);
            Block dr = s.dGates().at(0);
            Block dv = s.gradient(0).all();
            mixedBackward(k, s, dv);
            k.multiply(s.dGates().at(2), s.weight(2), dv);
            k.sigmoidGradient(dv, s.previous(0), r, dr);
            k.addTimes(dv, r, dh);
            k.multiplyAdd(dr, s.weight(0), dh);
            k.multiplyAdd(s.dGates().at(1), s.weight(1), dh);
        }

        @Override
        public void weights(Kernels k, Memory memory, FusedStep all, Packed dGates, Block[] dWeights) {
            if (dWeights[0] == null) {
                return;
            }
            for (int gate = 0; gate < 3; gate++) {
                Block left = gate == 2 ? all.kept(0).all() : all.previous(0);
                Packed right = memory.packed(all.dGates().at(gate));
                k.multiplyAdd(left.transposed(), right, ofGate(dWeights[0], gate));
            }
        }
    }
}
