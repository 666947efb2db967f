package org.rnn4j.core.tensor;

import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Large arrays that go from op to op instead of to the garbage collector: a training step needs the same sizes again and again, and
 * megabytes of new zeros each time would cost more than the arithmetic. Memory that the JVM needs elsewhere is given up.
 */
public final class ArrayPool {
    /** One for all: arrays move between threads. */
    public static final ArrayPool SHARED = new ArrayPool();

    /** Smaller arrays are as cheap to make anew. */
    private static final int SMALLEST = 1 << 10;

    /** Those of a length, which are given up together: a reference for each array would be garbage of every step. */
    private final Map<Integer, SoftReference<Deque<float[]>>> free = new HashMap<>();

    private ArrayPool() {}

    /** An array of at least this size, of the same length for the same size, whose content is not defined. */
    public float[] take(int size) {
        if (size < SMALLEST) {
            return new float[size];
        }
        int rounded = rounded(size);
        synchronized (this) {
            Deque<float[]> sameSize = ofLength(rounded);
            if (sameSize != null && !sameSize.isEmpty()) {
                return sameSize.pop();
            }
        }
        return new float[rounded];
    }

    /** Takes back an array that is no longer read. */
    public void give(float[] array) {
        if (array.length >= SMALLEST) {
            synchronized (this) {
                Deque<float[]> sameSize = ofLength(array.length);
                if (sameSize == null) {
                    sameSize = new ArrayDeque<>();
                    free.put(array.length, new SoftReference<>(sameSize));
                }
                sameSize.push(array);
            }
        }
    }

    private Deque<float[]> ofLength(int length) {
        SoftReference<Deque<float[]>> reference = free.get(length);
        return reference == null ? null : reference.get();
    }

    /** Up to a size of three significant bits, so that windows of nearly the same length share arrays; at most a quarter more. */
    private static int rounded(int size) {
        int unit = Integer.highestOneBit(size) >> 2;
        return Math.toIntExact(((long) size + unit - 1) / unit * unit);
    }
}
