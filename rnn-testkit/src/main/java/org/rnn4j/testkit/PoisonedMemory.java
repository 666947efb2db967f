package org.rnn4j.testkit;

import java.util.Arrays;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Memory;

/** Memory that contains NaN before an op writes to it. Its content is undefined, but small arrays would in fact be zeros. */
record PoisonedMemory(Memory memory) implements Memory {
    private static float[] poisoned(float[] array) {
        Arrays.fill(array, Float.NaN);
        return array;
    }

    @Override
    public boolean keeps() {
        return memory.keeps();
    }

    @Override
    public float[] keep(int size) {
        return poisoned(memory.keep(size));
    }

    @Override
    public float[] kept(int index) {
        return memory.kept(index);
    }

    @Override
    public float[] scratch(int size) {
        return poisoned(memory.scratch(size));
    }

    @Override
    public Kernels.Packed packed(Block b) {
        return memory.packed(b);
    }

    @Override
    public Object prepared() {
        return memory.prepared();
    }

    @Override
    public void prepare(Object object) {
        memory.prepare(object);
    }
}
