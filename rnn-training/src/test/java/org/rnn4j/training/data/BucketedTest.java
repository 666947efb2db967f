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
        for (long k = 0; k < bucketed.stepsPerEpoch(); k++) {
            int[] members = bucketed.members(epoch * bucketed.stepsPerEpoch() + k);
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
        int[] lengths = Arrays.stream(Shuffle.permutation(1, 0, 5000))
                .map(i -> 1 + i % 100)
                .toArray();
        Bucketed bucketed = new Bucketed(lengths, 20, 3);
        long real = Arrays.stream(lengths).asLongStream().sum();
        long padded = 0;
        for (long k = 0; k < bucketed.stepsPerEpoch(); k++) {
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
        for (long k = 1; k < bucketed.stepsPerEpoch(); k++) {
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
        for (long k = bucketed.stepsPerEpoch(); k < 2 * bucketed.stepsPerEpoch(); k++) {
            int[] members = bucketed.members(k);
            Arrays.sort(members);
            assertFalse(Arrays.equals(first, members));
        }
    }

    @Test
    void membersArePadded() {
        int[][] sequences = {{1, 2, 3}, {4}, {5, 6}};
        PaddedIds padded = PaddedIds.of(sequences, new int[] {1, 2}, 9);
        assertArrayEquals(new int[][] {{4, 9}, {5, 6}}, padded.ids());
        assertArrayEquals(new int[] {1, 2}, padded.lengths());
        assertArrayEquals(new int[][] {{4}, {5, 6}}, new int[][] {sequences[1], sequences[2]});

        IdBatch batch = IdBatch.of(padded, PaddedIds.of(sequences, new int[] {1, 2}, 0));
        assertEquals(3, batch.positions());
        assertArrayEquals(new boolean[] {true, true}, batch.resets());
        assertThrows(
                IllegalArgumentException.class, () -> IdBatch.of(padded, PaddedIds.of(sequences, new int[] {0, 1}, 0)));
        assertEquals(3, Bucketed.of(sequences, 1, 0).stepsPerEpoch());
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

    @Test
    void batchesAreRectangles() {
        int[][] two = {{1, 2}, {3, 4}};
        boolean[] resets = {false, false};
        int[] lengths = {2, 2};
        assertEquals(
                "batch row 1: length 3 in a window of 2 steps",
                assertThrows(IllegalArgumentException.class, () -> new IdBatch(two, two, new int[] {2, 3}, resets))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new IdBatch(two, new int[][] {{1, 2}}, lengths, resets));
        assertThrows(
                IllegalArgumentException.class, () -> new IdBatch(two, new int[][] {{1, 2}, {3}}, lengths, resets));
    }
}
