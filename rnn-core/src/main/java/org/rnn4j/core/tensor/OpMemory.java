package org.rnn4j.core.tensor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels.Packed;
import org.rnn4j.api.op.Memory;
import org.rnn4j.core.kernel.ChosenKernels;
import org.rnn4j.core.kernel.PlainKernels;

/** {@link Memory} of one application of an op, from {@link ArrayPool}. */
final class OpMemory implements Memory {
    private final FloatTensor[] inputs;
    private final boolean keeps;
    private final List<float[]> kept = new ArrayList<>(2);
    private final List<float[]> scratch = new ArrayList<>(2);
    /** Where a block was packed in this call, to be packed again. */
    private final Map<Block, float[]> again = new HashMap<>(2);

    private Object prepared;
    private boolean released;

    /**
     * Memory for an op.
     *
     * @param keeps whether a backward pass may follow
     */
    OpMemory(FloatTensor[] inputs, boolean keeps) {
        this.inputs = inputs;
        this.keeps = keeps;
    }

    @Override
    public boolean keeps() {
        return keeps;
    }

    @Override
    public float[] keep(int size) {
        float[] array = ArrayPool.SHARED.take(size);
        kept.add(array);
        return array;
    }

    @Override
    public float[] kept(int index) {
        return kept.get(index);
    }

    @Override
    public float[] scratch(int size) {
        float[] array = ArrayPool.SHARED.take(size);
        scratch.add(array);
        return array;
    }

    @Override
    public Packed packed(Block b) {
        for (FloatTensor input : inputs) {
            if (input.storage != null && input.data == b.data()) {
                return input.storage.packed(b);
            }
        }
        PlainKernels kernels = ChosenKernels.get();
        return kernels.pack(b, again.computeIfAbsent(b, block -> scratch(kernels.packedSize(block))));
    }

    @Override
    public Object prepared() {
        return prepared;
    }

    @Override
    public void prepare(Object object) {
        prepared = object;
    }

    /** The op returned. */
    void endCall() {
        again.clear();
        giveBack(scratch);
        if (!keeps) {
            giveBack(kept);
        }
    }

    /** The backward pass is done. */
    void release() {
        again.clear();
        giveBack(scratch);
        released = !kept.isEmpty();
        giveBack(kept);
        prepared = null;
    }

    /** Refuses a second backward pass where the first gave back what it needs. */
    void checkNotReleased() {
        if (released) {
            throw new IllegalStateException(
                    "backward: what this forward pass kept was used up by its first backward pass; run the forward pass again");
        }
    }

    private static void giveBack(List<float[]> arrays) {
        arrays.forEach(ArrayPool.SHARED::give);
        arrays.clear();
    }
}
