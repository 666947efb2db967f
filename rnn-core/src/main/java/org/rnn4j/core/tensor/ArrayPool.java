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

    private final Map<Integer, Deque<SoftReference<float[]>>> free = new HashMap<>();

    private ArrayPool() {}

    /** An array of at least this size, of the same length for the same size, whose content is not defined. */
    public float[] take(int size) {
        if (size < SMALLEST) {
            return new float[size];
        }
        int rounded = rounded(size);
        synchronized (this) {
            Deque<SoftReference<float[]>> sameSize = free.get(rounded);
            while (sameSize != null && !sameSize.isEmpty()) {
                float[] array = sameSize.pop().get();
                if (array != null) {
                    return array;
                }
            }
        }
        return new float[rounded];
    }

    /** Takes an array back that nobody reads any more. */
    public void give(float[] array) {
        if (array.length >= SMALLEST) {
            synchronized (this) {
                free.computeIfAbsent(array.length, size -> new ArrayDeque<>()).push(new SoftReference<>(array));
            }
        }
    }

    /** Up to a size of three significant bits, so that windows of nearly the same length share arrays; at most a quarter more. */
    private static int rounded(int size) {
        int unit = Integer.highestOneBit(size) >> 2;
        return Math.toIntExact(((long) size + unit - 1) / unit * unit);
    }
}
