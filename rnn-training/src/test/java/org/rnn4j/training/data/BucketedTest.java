package org.rnn4j.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Draws;

class BucketedTest {

    @Property
    void everySequenceComesOnceAnEpoch(
            @ForAll @Size(min = 1, max = 400) int[] raw,
            @ForAll @IntRange(min = 1, max = 20) int rows,
            @ForAll long seed,
            @ForAll @IntRange(max = 5) int epoch) {
        int[] lengths = Arrays.stream(raw).map(x -> 1 + Math.floorMod(x, 30)).toArray();
        Bucketed bucketed = new Bucketed(lengths, rows, seed);
        int[] times = new int[lengths.length];
        int smaller = 0;
        for (long k = 0; k < bucketed.perEpoch(); k++) {
            int[] members = bucketed.members(epoch * bucketed.perEpoch() + k);
            assertTrue(members.length >= 1 && members.length <= rows);
            smaller += members.length < rows ? 1 : 0;
            for (int member : members) {
                times[member]++;
            }
        }
        assertTrue(Arrays.stream(times).allMatch(n -> n == 1));
        assertEquals(lengths.length % rows == 0 ? 0 : 1, smaller);
    }

    @Property
    void aBatchDependsOnSeedAndStepAlone(@ForAll long seed, @ForAll @IntRange(max = 99) int step) {
        int[] lengths = IntStream.range(0, 57).map(i -> 1 + i % 9).toArray();
        Bucketed inOrder = new Bucketed(lengths, 4, seed);
        for (int k = 0; k < step; k++) {
            inOrder.members(k);
        }
        assertArrayEquals(new Bucketed(lengths, 4, seed).members(step), inOrder.members(step));
    }

    @Test
    void similarLengthsAreTogether() {
        int[] lengths = Arrays.stream(Shuffle.permutation(Draws.of(1), 5000))
                .map(i -> 1 + i % 100)
                .toArray();
        Bucketed bucketed = new Bucketed(lengths, 20, 3);
        long real = Arrays.stream(lengths).asLongStream().sum();
        long padded = 0;
        for (long k = 0; k < bucketed.perEpoch(); k++) {
            int[] members = bucketed.members(k);
            padded += (long) members.length
                    * Arrays.stream(members).map(i -> lengths[i]).max().orElseThrow();
        }
        // At random a batch of 20 would be about as wide as the longest of all, near 1.9 times the real positions.
        assertTrue(padded < 1.05 * real, padded + " positions for " + real);
    }

    /** A model that saw all short sequences first would forget them by the end of the epoch. */
    @Test
    void shortAndLongBatchesAlternate() {
        int[] lengths = IntStream.rangeClosed(1, 600).toArray();
        Bucketed bucketed = new Bucketed(lengths, 10, 3);
        int rises = 0;
        for (long k = 1; k < bucketed.perEpoch(); k++) {
            rises += lengths[bucketed.members(k)[0]] > lengths[bucketed.members(k - 1)[0]] ? 1 : 0;
        }
        assertTrue(rises > 15 && rises < 45, rises + " rises in 59 steps");
    }

    @Test
    void neighboursChangeFromEpochToEpoch() {
        int[] lengths = IntStream.rangeClosed(1, 3000).toArray(); // all different: a plain sort would fix the batches
        Bucketed bucketed = new Bucketed(lengths, 10, 3);
        int[] first = bucketed.members(0);
        Arrays.sort(first);
        for (long k = bucketed.perEpoch(); k < 2 * bucketed.perEpoch(); k++) {
            int[] members = bucketed.members(k);
            Arrays.sort(members);
            assertFalse(Arrays.equals(first, members));
        }
    }

    @Test
    void badSequences() {
        assertEquals(
                "sequence 1 has length 0: expected at least 1",
                assertThrows(IllegalArgumentException.class, () -> new Bucketed(new int[] {2, 0}, 1, 0))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new Bucketed(new int[0], 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new Bucketed(new int[] {1}, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new Bucketed(new int[] {1}, 1, 0).members(-1));
    }
}
