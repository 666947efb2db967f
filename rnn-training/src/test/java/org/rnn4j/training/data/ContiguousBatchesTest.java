package org.rnn4j.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ContiguousBatchesTest {

    /** Ids that are their own positions, so that every law can be read off the batch. */
    private static int[] positions(int length) {
        return IntStream.range(0, length).toArray();
    }

    @Test
    void twoRowsOfElevenIds() {
        ContiguousBatches batches = new ContiguousBatches(positions(11), 2, 3);
        assertEquals(2, batches.stepsPerEpoch());

        IdBatch first = batches.batch(0);
        assertArrayEquals(new int[][] {{0, 1, 2}, {5, 6, 7}}, first.inputs());
        assertArrayEquals(new int[][] {{1, 2, 3}, {6, 7, 8}}, first.targets());
        assertArrayEquals(new int[] {3, 3}, first.lengths());
        assertArrayEquals(new boolean[] {true, true}, first.resets());

        IdBatch last = batches.batch(1);
        assertArrayEquals(new int[][] {{3, 4}, {8, 9}}, last.inputs());
        assertArrayEquals(new int[][] {{4, 5}, {9, 10}}, last.targets());
        assertArrayEquals(new boolean[] {false, false}, last.resets());
        assertEquals(4, last.positions());

        assertArrayEquals(first.inputs(), batches.batch(2).inputs());
        assertTrue(batches.batch(2).resets()[0]);
        assertEquals(1, batches.epoch(3));
    }

    @Property
    void rowsContinueAndEveryTargetComesOnce(
            @ForAll @IntRange(min = 1, max = 9) int rows,
            @ForAll @IntRange(min = 1, max = 12) int steps,
            @ForAll @IntRange(max = 300) int extra,
            @ForAll @IntRange(max = 3) int epoch) {
        int length = rows * steps + 1 + extra;
        ContiguousBatches batches = new ContiguousBatches(positions(length), rows, steps);
        int[] timesTarget = new int[length];
        IdBatch previous = null;
        for (long k = 0; k < batches.stepsPerEpoch(); k++) {
            IdBatch batch = batches.batch(epoch * batches.stepsPerEpoch() + k);
            assertEquals(rows, batch.rows());
            assertTrue(k == batches.stepsPerEpoch() - 1 ? batch.steps() >= 1 : batch.steps() == steps);
            for (int n = 0; n < rows; n++) {
                assertEquals(k == 0, batch.resets()[n]);
                assertEquals(batch.steps(), batch.lengths()[n]);
                assertEquals(
                        k == 0 ? (int) ((long) n * (length - 1) / rows) : previous.targets()[n][steps - 1],
                        batch.inputs()[n][0]);
                for (int t = 0; t < batch.steps(); t++) {
                    // Inputs run on one by one, so no window begins again at the corpus's beginning.
                    assertEquals(batch.inputs()[n][0] + t, batch.inputs()[n][t]);
                    assertEquals(batch.inputs()[n][t] + 1, batch.targets()[n][t]);
                    timesTarget[batch.targets()[n][t]]++;
                }
            }
            previous = batch;
        }
        int left = 0;
        for (int p = 1; p < length; p++) {
            assertTrue(timesTarget[p] <= 1);
            left += 1 - timesTarget[p];
        }
        assertEquals(0, timesTarget[0]);
        assertEquals((length - 1) % rows, left);
    }

    @Test
    void oneRowUsesEveryTarget() {
        ContiguousBatches batches = new ContiguousBatches(positions(100), 1, 7);
        long targets = 0;
        for (long k = 0; k < batches.stepsPerEpoch(); k++) {
            targets += batches.batch(k).positions();
        }
        assertEquals(99, targets);
    }

    @Test
    void shorterThanOneWindow() {
        assertEquals(1, new ContiguousBatches(positions(351), 10, 35).stepsPerEpoch());
        String message = assertThrows(
                        IllegalArgumentException.class, () -> new ContiguousBatches(positions(350), 10, 35))
                .getMessage();
        assertEquals(
                "corpus of 350 ids is shorter than one window of 10 rows and 35 steps:"
                        + " expected at least 351 ids (10 x 35 + 1)",
                message);
        // The product does not overflow into something that looks small enough.
        assertThrows(IllegalArgumentException.class, () -> new ContiguousBatches(positions(9), 1 << 16, 1 << 16));
    }

    @Test
    void arraysAreTheCallers() {
        ContiguousBatches batches = new ContiguousBatches(positions(11), 2, 3);
        batches.batch(0).inputs()[0][0] = 99;
        assertEquals(0, batches.batch(0).inputs()[0][0]);
    }

    @Test
    void stepsAreNotNegative() {
        ContiguousBatches batches = new ContiguousBatches(positions(11), 2, 3);
        assertThrows(IllegalArgumentException.class, () -> batches.batch(-1));
        assertThrows(IllegalArgumentException.class, () -> new ContiguousBatches(positions(11), 0, 3));
        assertFalse(batches.batch(Long.MAX_VALUE).inputs().length == 0);
    }
}
