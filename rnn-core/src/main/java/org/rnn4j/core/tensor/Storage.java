package org.rnn4j.core.tensor;

import java.util.concurrent.atomic.AtomicLong;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;

/**
 * The array of a parameter, which optimizers change in place, with a version that every change raises. Views of one model (to train,
 * to infer) share it.
 */
public final class Storage {
    private final String name;
    private final float[] data;
    private final AtomicLong version = new AtomicLong();
    /** Kept from product to product; a lost race packs once more and changes nothing. */
    private volatile Pack plain;

    private volatile Pack transposed;

    /** A packed copy of the array as it was at a version. */
    private record Pack(long version, Kernels.Packed packed) {}

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

    /** The array as a right operand of products, packed once for each version. */
    Kernels.Packed packed(Kernels k, Block matrix) {
        long now = version.get();
        Pack pack = plain;
        if (pack == null || pack.version() != now) {
            pack = new Pack(now, k.pack(matrix));
            plain = pack;
        }
        return pack.packed();
    }

    /** As {@link #packed}, transposed. */
    Kernels.Packed packedTransposed(Kernels k, Block matrix) {
        long now = version.get();
        Pack pack = transposed;
        if (pack == null || pack.version() != now) {
            pack = new Pack(now, k.pack(matrix.transposed()));
            transposed = pack;
        }
        return pack.packed();
    }
}
