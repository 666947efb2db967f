package org.rnn4j.layers.cell;

import java.util.List;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.FusedStep;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Kernels.Packed;
import org.rnn4j.api.op.Memory;
import org.rnn4j.api.op.StepKernel;
import org.rnn4j.api.op.Weight;

/**
 * The hand-written steps of {@link GRU}. Both forms share:
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

    /** {@code da_z} and {@code da_n}; the rest in dh is {@code dh * z}. */
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
    record ResetAfter(Weight wh, Weight bn) implements StepKernel {
        @Override
        public int gates() {
            return 3;
        }

        @Override
        public List<Weight> weights() {
            return List.of(wh, bn);
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
            k.multiply(s.previous(0), s.matrix(wh), s.kept(0).all());
            k.plus(un, s.vector(bn), un);
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
            k.multiplyAdd(s.gradient(0).all(), s.matrix(wh), s.dState(0));
        }

        @Override
        public void weightGradients(Kernels k, Memory memory, FusedStep all, Packed dGates) {
            if (all.dWeight(wh) != null) {
                k.multiplyAdd(
                        all.previous(0).transposed(),
                        memory.packed(all.gradient(0).all()),
                        all.dWeight(wh));
            }
            if (all.dWeight(bn) != null) {
                k.addSumOfRows(all.gradient(0).at(2), all.dWeight(bn));
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
    record ResetBefore(Weight whr, Weight whz, Weight whn) implements StepKernel {
        /** Of the columns of Wh (H,3H). */
        static ResetBefore of(Tensor wh) {
            Weight all = Weight.of(wh);
            int width = wh.shape().dim(0);
            return new ResetBefore(
                    all.columns(0, width), all.columns(width, 2 * width), all.columns(2 * width, 3 * width));
        }

        @Override
        public int gates() {
            return 3;
        }

        @Override
        public List<Weight> weights() {
            return List.of(whr, whz, whn);
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
        public void forward(Kernels k, FusedStep s) {
            Block hPrev = s.previous(0);
            Block r = s.gates().at(0);
            Block z = s.gates().at(1);
            Block n = s.gates().at(2);
            Block v = s.kept(0).all();
            k.multiplyAdd(hPrev, s.matrix(whr), r);
            k.sigmoid(r, r);
            k.multiplyAdd(hPrev, s.matrix(whz), z);
            k.sigmoid(z, z);
            k.times(r, hPrev, v);
            k.multiplyAdd(v, s.matrix(whn), n);
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
            k.multiply(s.dGates().at(2), s.matrix(whn), dv);
            k.sigmoidGradient(dv, s.previous(0), r, dr);
            k.addTimes(dv, r, dh);
            k.multiplyAdd(dr, s.matrix(whr), dh);
            k.multiplyAdd(s.dGates().at(1), s.matrix(whz), dh);
        }

        @Override
        public void weightGradients(Kernels k, Memory memory, FusedStep all, Packed dGates) {
            for (int gate = 0; gate < 3; gate++) {
                Block dWeight = all.dWeight(weights().get(gate));
                if (dWeight != null) {
                    Block left = gate == 2 ? all.kept(0).all() : all.previous(0);
                    k.multiplyAdd(left.transposed(), memory.packed(all.dGates().at(gate)), dWeight);
                }
            }
        }
    }
}
