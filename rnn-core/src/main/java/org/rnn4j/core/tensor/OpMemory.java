package org.rnn4j.core.tensor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels.Packed;
import org.rnn4j.api.op.Memory;
import org.rnn4j.core.kernel.ChosenKernels;
import org.rnn4j.core.kernel.PlainKernels;

/** {@link Memory} of one application of an op, from {@link ArrayPool}. */
final class OpMemory implements Memory {
    private final boolean keeps;
    private final List<float[]> kept = new ArrayList<>(2);
    private final List<float[]> scratch = new ArrayList<>(2);
    /** Where a block was packed in this call, to be packed again. */
    private final Map<Block, float[]> again = new HashMap<>(2);

    private Object prepared;

    private final AtomicReference<Use> use = new AtomicReference<>(Use.NONE);

    /** What a backward pass does with this memory. */
    private enum Use {
        /** None goes through the op. */
        NONE,
        /** One does, or will. */
        CLAIMED,
        /** One did, and gave back what the op kept. */
        USED_UP
    }

    /**
     * Memory for an op.
     *
     * @param keeps whether a backward pass may follow
     */
    OpMemory(boolean keeps) {
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
        if (b.origin() != null) {
            return b.origin().packed(b);
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

    /**
     * Takes this memory for one backward pass, whatever other threads do.
     *
     * @throws IllegalStateException if another one has it, or gave back what it kept
     */
    void claim() {
        Use before = use.compareAndExchange(Use.NONE, Use.CLAIMED);
        if (before == Use.USED_UP) {
            throw new IllegalStateException(
                    "backward: what this forward pass kept was used up by its first backward pass; run the forward pass again");
        }
        if (before == Use.CLAIMED) {
            throw new IllegalStateException(
                    "backward: another backward pass goes through this forward pass at the same time;"
                            + " run a forward pass for each");
        }
    }

    /** The backward pass that claimed this did not come here. */
    void unclaim() {
        use.set(Use.NONE);
    }

    /** The backward pass that claimed this is done here. */
    void release() {
        again.clear();
        giveBack(scratch);
        Use after = kept.isEmpty() ? Use.NONE : Use.USED_UP;
        giveBack(kept);
        prepared = null;
        use.set(after);
    }

    private static void giveBack(List<float[]> arrays) {
        arrays.forEach(ArrayPool.SHARED::give);
        arrays.clear();
    }
}
