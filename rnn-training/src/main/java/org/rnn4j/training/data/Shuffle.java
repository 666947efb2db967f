package org.rnn4j.training.data;

import java.util.stream.IntStream;

/**
 * Permutations that depend on (seed, epoch) and on nothing else.
 *
 * <p>There is no generator that advances: the i-th draw is a hash of (seed, epoch, i), so the order of any epoch can be had
 * without the epochs before it. The hash is the finaliser of SplitMix64 (Steele, Lea and Flood, "Fast splittable
 * pseudorandom number generators", OOPSLA 2014).
 */
public final class Shuffle {

    private Shuffle() {}

    /**
     * Returns the numbers 0..n-1 in the order of this epoch.
     *
     * @param n how many numbers, 0 or more
     */
    public static int[] permutation(long seed, long epoch, int n) {
        if (n < 0) {
            throw new IllegalArgumentException("permutation of " + n + " numbers: expected 0 or more");
        }
        int[] order = IntStream.range(0, n).toArray();
        for (int i = n - 1; i > 0; i--) {
            int j = below(hash(seed, epoch, i), i + 1);
            int held = order[i];
            order[i] = order[j];
            order[j] = held;
        }
        return order;
    }

    /** Returns 64 bits for one place of one epoch. */
    static long hash(long seed, long epoch, long place) {
        return mix(mix(mix(seed) + epoch) + place);
    }

    static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Scales the upper 32 bits to 0..bound-1; the product fits in 63 bits. */
    private static int below(long bits, int bound) {
        return (int) (((bits >>> 32) * bound) >>> 32);
    }
}
