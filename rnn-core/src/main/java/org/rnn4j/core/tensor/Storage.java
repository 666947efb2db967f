package org.rnn4j.core.tensor;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The array of a parameter, which optimizers change in place, with a version that every change raises. Views of one model (to train,
 * to infer) share it.
 */
public final class Storage {
    private final String name;
    private final float[] data;
    private final AtomicLong version = new AtomicLong();

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
}
