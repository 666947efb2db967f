package org.rnn4j.core.tensor;

/** What the gradients of all copying ops are made of. */
final class Copies {
    private Copies() {}

    /** {@code to[toIndex..] += from[fromIndex..]}, {@code count} numbers. */
    static void add(float[] from, int fromIndex, float[] to, int toIndex, int count) {
        for (int i = 0; i < count; i++) {
            to[toIndex + i] += from[fromIndex + i];
        }
    }
}
