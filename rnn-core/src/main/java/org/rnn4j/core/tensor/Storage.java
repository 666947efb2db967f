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
    private final PackedCopy plain = new PackedCopy();
    private final PackedCopy transposed = new PackedCopy();

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
        return plain.at(version(), k, matrix);
    }

    /** As {@link #packed}, transposed. */
    Kernels.Packed packedTransposed(Kernels k, Block matrix) {
        return transposed.at(version(), k, matrix.transposed());
    }

    /** A packed copy that is kept from product to product. A lost race packs once more and changes nothing. */
    private static final class PackedCopy {
        private volatile Pack latest;

        private record Pack(long version, Kernels.Packed packed) {}

        Kernels.Packed at(long version, Kernels k, Block matrix) {
            Pack pack = latest;
            if (pack == null || pack.version() != version) {
                pack = new Pack(version, k.pack(matrix));
                latest = pack;
            }
            return pack.packed();
        }
    }
}
