package org.rnn4j.training.text;

import java.util.Arrays;

/**
 * Numbers pairs of ids in the order in which they come: a hash map with open addressing and no boxed objects.
 *
 * <p>A pair is one exact {@code long}, so a long n-gram, as a chain of (number of its beginning, next id), can never be
 * taken for another one, however large the vocabulary is.
 */
final class PairNumbers {

    private static final int NONE = -1;

    private final int first;
    private int size;
    /** By number - first: the pair. */
    private long[] pairs = new long[512];
    /** By slot: the number, or NONE. A power of two, at most half full. */
    private int[] slots = new int[1024];

    /** Begins to count at {@code first}. */
    PairNumbers(int first) {
        this.first = first;
        Arrays.fill(slots, NONE);
    }

    /** Returns the number after the last one given. */
    int next() {
        return first + size;
    }

    /** Returns the number of a pair, or -1. */
    int find(int left, int right) {
        return slots[slot(pair(left, right))];
    }

    /** Returns the number of a pair, which is {@link #next()} if it is new. */
    int add(int left, int right) {
        long pair = pair(left, right);
        int slot = slot(pair);
        if (slots[slot] != NONE) {
            return slots[slot];
        }
        if (size == pairs.length) {
            grow();
            slot = slot(pair);
        }
        pairs[size] = pair;
        slots[slot] = first + size;
        return first + size++;
    }

    /** Returns the left id of a numbered pair. */
    int left(int number) {
        return (int) (pairs[number - first] >>> 32);
    }

    private static long pair(int left, int right) {
        return (long) left << 32 | right; // ids are not negative
    }

    private int slot(long pair) {
        long hash = pair * 0x9E3779B97F4A7C15L; // Fibonacci hashing: the upper bits depend on all bits of the pair
        int slot = (int) (hash >>> 32) & (slots.length - 1);
        while (slots[slot] != NONE && pairs[slots[slot] - first] != pair) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private void grow() {
        pairs = Arrays.copyOf(pairs, 2 * pairs.length);
        slots = new int[2 * slots.length];
        Arrays.fill(slots, NONE);
        for (int i = 0; i < size; i++) {
            slots[slot(pairs[i])] = first + i;
        }
    }
}
