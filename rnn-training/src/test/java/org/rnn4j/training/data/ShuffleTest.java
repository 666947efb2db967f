package org.rnn4j.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Draws;

class ShuffleTest {

    @Property
    void everyNumberComesOnce(@ForAll long seed, @ForAll @IntRange(max = 500) int n) {
        int[] order = Shuffle.permutation(Draws.of(seed), n);
        assertArrayEquals(Shuffle.permutation(Draws.of(seed), n), order);
        Arrays.sort(order);
        assertArrayEquals(IntStream.range(0, n).toArray(), order);
    }

    @Property
    void otherDrawsGiveAnotherOrder(@ForAll long seed, @ForAll @IntRange(max = 1000) int epoch) {
        int[] order = Shuffle.permutation(Draws.of(seed).at(epoch), 100);
        assertFalse(Arrays.equals(order, Shuffle.permutation(Draws.of(seed).at(epoch + 1L), 100)));
        assertFalse(Arrays.equals(order, Shuffle.permutation(Draws.of(seed + 1).at(epoch), 100)));
    }

    /** An order must never change, or runs cannot be repeated. */
    @Test
    void theOrderIsPinned() {
        assertArrayEquals(new int[] {6, 4, 8, 0, 3, 9, 7, 5, 2, 1}, Shuffle.permutation(Draws.of(1), 10));
    }

    @Test
    void everyPlaceIsAboutEquallyLikely() {
        int[] firstIs = new int[10];
        for (int epoch = 0; epoch < 10_000; epoch++) {
            firstIs[Shuffle.permutation(Draws.of(7).at(epoch), 10)[0]]++;
        }
        for (int count : firstIs) {
            assertEquals(1000, count, 150); // five standard deviations
        }
    }

    @Test
    void negativeCount() {
        assertThrows(IllegalArgumentException.class, () -> Shuffle.permutation(Draws.of(1), -1));
    }
}
