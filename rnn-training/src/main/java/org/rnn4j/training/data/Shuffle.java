package org.rnn4j.training.data;

import java.util.stream.IntStream;
import org.rnn4j.api.Draws;

/** Permutations that depend only on their draws, so the order of any epoch is available without the epochs before it. */
public final class Shuffle {
    private Shuffle() {}

    /**
     * The numbers 0 to n-1 in random order (Fisher and Yates, 1938; in place by Durstenfeld, 1964).
     *
     * @param draws those of a separate place, such as {@code Draws.of(seed).at("order").at(epoch)}
     * @param n how many numbers, 0 or more
     */
    public static int[] permutation(Draws draws, int n) {
        if (n < 0) {
            throw new IllegalArgumentException("permutation of " + n + " numbers: expected 0 or more");
        }
        int[] order = IntStream.range(0, n).toArray();
        for (int i = n - 1; i > 0; i--) {
            int j = draws.below(i, i + 1);
            int held = order[i];
            order[i] = order[j];
            order[j] = held;
        }
        return order;
    }
}
