package org.rnn4j.core.tensor;

import java.util.ArrayList;
import java.util.List;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels.Packed;
import org.rnn4j.api.op.Memory;
import org.rnn4j.core.kernel.ChosenKernels;
import org.rnn4j.core.kernel.PlainKernels;

/** {@link Memory} of an op that is applied again and again: what it asked for first comes first again. */
final class ReplayMemory implements Memory {
    private final Arrays kept = new Arrays();
    private final Arrays scratch = new Arrays();
    private final List<Operand> operands = new ArrayList<>(2);
    private Object prepared;
    /** Whether a right operand is another in every step: then what an op prepared would hold on to an old one. */
    private boolean packsAnew;

    /** The op is applied once more. */
    void begin() {
        kept.calls = 0;
        scratch.calls = 0;
    }

    @Override
    public boolean keeps() {
        return false;
    }

    @Override
    public float[] keep(int size) {
        return kept.next(size);
    }

    @Override
    public float[] kept(int index) {
        return kept.arrays.get(index);
    }

    @Override
    public float[] scratch(int size) {
        return scratch.next(size);
    }

    @Override
    public Packed packed(Block b) {
        for (int i = 0; i < operands.size(); i++) {
            if (operands.get(i).of.equals(b)) {
                return operands.get(i).packed;
            }
        }
        if (b.origin() != null) {
            Packed packed = b.origin().packed(b);
            operands.add(new Operand(b, packed));
            return packed;
        }
        packsAnew = true;
        PlainKernels kernels = ChosenKernels.get();
        return kernels.pack(b, scratch(kernels.packedSize(b)));
    }

    @Override
    public Object prepared() {
        return packsAnew ? null : prepared;
    }

    @Override
    public void prepare(Object object) {
        prepared = object;
    }

    /** A right operand that is the same in every step. */
    private record Operand(Block of, Packed packed) {}

    /** Arrays by the number of the call that asks for them. */
    private static final class Arrays {
        private final List<float[]> arrays = new ArrayList<>(2);
        private int calls;

        float[] next(int size) {
            if (calls == arrays.size()) {
                arrays.add(new float[size]);
            } else if (arrays.get(calls).length < size) {
                arrays.set(calls, new float[size]);
            }
            return arrays.get(calls++);
        }
    }
}
