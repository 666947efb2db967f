package org.rnn4j.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ShuffleTest {

    @Property
    void everyNumberComesOnce(@ForAll long seed, @ForAll long epoch, @ForAll @IntRange(max = 500) int n) {
        int[] order = Shuffle.permutation(seed, epoch, n);
        assertArrayEquals(Shuffle.permutation(seed, epoch, n), order);
        Arrays.sort(order);
        assertArrayEquals(IntStream.range(0, n).toArray(), order);
    }

    @Property
    void seedAndEpochChangeTheOrder(@ForAll long seed, @ForAll @IntRange(max = 1000) int epoch) {
        int[] order = Shuffle.permutation(seed, epoch, 100);
        assertFalse(Arrays.equals(order, Shuffle.permutation(seed, epoch + 1L, 100)));
        assertFalse(Arrays.equals(order, Shuffle.permutation(seed + 1, epoch, 100)));
    }

    /** The first output of the published SplitMix64 for state 0; an order must never change, or runs cannot be repeated. */
    @Test
    void hashAndOrderArePinned() {
        assertEquals(0xE220A8397B1DCDAFL, Shuffle.mix(0));
        assertArrayEquals(new int[] {1, 2, 3, 9, 6, 0, 5, 7, 8, 4}, Shuffle.permutation(1, 0, 10));
    }

    @Test
    void everyPlaceIsAboutEquallyLikely() {
        int[] firstIs = new int[10];
        for (int epoch = 0; epoch < 10_000; epoch++) {
            firstIs[Shuffle.permutation(7, epoch, 10)[0]]++;
        }
        for (int count : firstIs) {
            assertEquals(1000, count, 150); // five standard deviations
        }
    }
}
