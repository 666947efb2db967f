package org.rnn4j.training.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Ids;
import org.rnn4j.training.Batch;

class ContiguousBatchesTest {

    /** Ids that are their own positions, so that every law can be read off the batch. */
    private static int[] positions(int length) {
        return IntStream.range(0, length).toArray();
    }

    private static Ids inputs(Batch batch) {
        return (Ids) batch.inputs().get("x");
    }

    private static Ids targets(Batch batch) {
        return (Ids) batch.target();
    }

    @Test
    void twoRowsOfElevenIds() {
        ContiguousBatches batches = new ContiguousBatches(positions(11), 2, 3);
        assertEquals(2, batches.perEpoch());

        Batch first = batches.batch(0);
        assertEquals(Ids.of(new int[][] {{0, 1, 2}, {5, 6, 7}}), inputs(first));
        assertEquals(Ids.of(new int[][] {{1, 2, 3}, {6, 7, 8}}), targets(first));
        assertTrue(first.spans().isFull());
        assertTrue(first.spans().begins(0, 0) && first.spans().begins(1, 0));
        assertFalse(first.spans().anyBeginsAt(1));

        Batch last = batches.batch(1);
        assertEquals(Ids.of(new int[][] {{3, 4}, {8, 9}}), inputs(last));
        assertEquals(Ids.of(new int[][] {{4, 5}, {9, 10}}), targets(last));
        assertFalse(last.spans().anyBeginsAt(0));

        assertEquals(inputs(first), inputs(batches.batch(2)));
        assertTrue(batches.batch(2).spans().begins(1, 0));
        assertEquals(List.of(new Span(1, 6), new Span(6, 11)), batches.targets());
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
        Ids previous = null;
        for (long k = 0; k < batches.perEpoch(); k++) {
            Batch batch = batches.batch(epoch * batches.perEpoch() + k);
            Ids in = inputs(batch);
            Ids out = targets(batch);
            assertEquals(in.shape(), out.shape());
            assertEquals(rows, in.shape().dim(0));
            int width = in.shape().dim(1);
            assertTrue(k == batches.perEpoch() - 1 ? width >= 1 && width <= steps : width == steps);
            for (int n = 0; n < rows; n++) {
                assertEquals(k == 0, batch.spans().begins(n, 0));
                assertEquals(k == 0 ? (int) ((long) n * (length - 1) / rows) : previous.at(n, steps - 1), in.at(n, 0));
                for (int t = 0; t < width; t++) {
                    // Inputs run on one by one, so no window begins again at the corpus's beginning.
                    assertEquals(in.at(n, 0) + t, in.at(n, t));
                    assertEquals(in.at(n, t) + 1, out.at(n, t));
                    timesTarget[out.at(n, t)]++;
                }
            }
            previous = out;
        }
        BitSet listed = new BitSet();
        batches.targets().forEach(span -> listed.set(span.from(), span.to()));
        int left = 0;
        for (int p = 1; p < length; p++) {
            assertEquals(listed.get(p) ? 1 : 0, timesTarget[p]);
            left += 1 - timesTarget[p];
        }
        assertEquals(0, timesTarget[0]);
        assertEquals((length - 1) % rows, left);
    }

    @Test
    void shorterThanOneWindow() {
        assertEquals(1, new ContiguousBatches(positions(351), 10, 35).perEpoch());
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
    void numbersAreNotNegative() {
        ContiguousBatches batches = new ContiguousBatches(positions(11), 2, 3);
        assertEquals(
                "batch -1: expected 0 or more",
                assertThrows(IllegalArgumentException.class, () -> batches.batch(-1))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new ContiguousBatches(positions(11), 0, 3));
        assertEquals(2, inputs(batches.batch(Long.MAX_VALUE)).shape().dim(0));
    }
}
