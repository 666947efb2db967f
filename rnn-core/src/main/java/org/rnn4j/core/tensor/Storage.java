package org.rnn4j.core.tensor;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels.Packed;
import org.rnn4j.core.kernel.ChosenKernels;
import org.rnn4j.core.kernel.PlainKernels;

/**
 * The array of a parameter, which optimizers change in place, with a version that every change raises. Views of one model (to train,
 * to infer) share it.
 */
public final class Storage implements Block.Origin {
    private final String name;
    private final float[] data;
    private final AtomicLong version = new AtomicLong();
    private volatile Copies copies = new Copies(-1, new ConcurrentHashMap<>());

    /** An array with a name for messages; not copied. */
    public Storage(String name, float[] data) {
        this.name = name;
        this.data = data;
    }

    /** The name for messages. */
    public String name() {
        return name;
    }

    /** The array itself. */
    public float[] data() {
        return data;
    }

    /** How often the array was changed. */
    public long version() {
        return version.get();
    }

    /** Says that the array was changed. */
    public void changed() {
        version.incrementAndGet();
    }

    /** The array, or a part of it, as a right operand of products, packed once for each version. */
    @Override
    public Packed packed(Block part) {
        long now = version();
        Copies current = copies;
        if (current.version != now) {
            current = renew(now);
        }
        // Not computeIfAbsent with a lambda: this is on the way of every step of a session. A lost race packs once more
        // and changes nothing.
        Copy copy = current.byPart.get(part);
        if (copy == null) {
            PlainKernels kernels = ChosenKernels.get();
            float[] array = ArrayPool.SHARED.take(kernels.packedSize(part));
            copy = new Copy(kernels.pack(part, array), array);
            current.byPart.put(part, copy);
        }
        return copy.packed;
    }

    /**
     * No copies yet of a new version; those of the old one are memory for them. Where another thread was here with a newer one meanwhile, it stays at
     * that: its copies are in use.
     */
    private synchronized Copies renew(long now) {
        if (copies.version < now) {
            Copies old = copies;
            copies = new Copies(now, new ConcurrentHashMap<>());
            old.byPart.values().forEach(copy -> ArrayPool.SHARED.give(copy.array));
        }
        return copies;
    }

    private record Copy(Packed packed, float[] array) {}

    /** The packed copies of one version, by what they are a copy of: blocks are equal where they see the same numbers of the same array. */
    private record Copies(long version, Map<Block, Copy> byPart) {}
}
