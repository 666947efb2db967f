package org.rnn4j.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.training.Batch;
import org.rnn4j.training.Batches;

class SlidingWindowsTest {

    /** Values that are their own positions. */
    private static double[] positions(int length) {
        return IntStream.range(0, length).asDoubleStream().toArray();
    }

    private static float[] inputs(Batch batch) {
        return ((Tensor) batch.inputs().get("x")).toFloats();
    }

    private static float[] targets(Batch batch) {
        return ((Tensor) batch.target()).toFloats();
    }

    @Test
    void oneWindowOfThreeStepsAndHorizonTwo() {
        SlidingWindows windows =
                new SlidingWindows(positions(9), new Span(2, 7), new SlidingWindows.Cut(4, 3, 2, 1), 1);
        assertEquals(1, windows.count());
        Batch batch = windows.batch(0);
        assertEquals(Shape.of(1, 3, 1), batch.inputs().get("x").shape());
        assertEquals(Shape.of(1, 3, 2), batch.target().shape());
        assertArrayEquals(new float[] {2, 3, 4}, inputs(batch));
        assertArrayEquals(new float[] {3, 4, 4, 5, 5, 6}, targets(batch));
        assertTrue(batch.spans().begins(0, 0));
    }

    @Property
    void anEpochIsEveryWindowThatFitsOnce(
            @ForAll @IntRange(min = 1, max = 5) int rows,
            @ForAll @IntRange(min = 1, max = 8) int steps,
            @ForAll @IntRange(min = 1, max = 4) int horizon,
            @ForAll @IntRange(min = 1, max = 15) int stride,
            @ForAll @IntRange(min = 12, max = 90) int length,
            @ForAll @IntRange(max = 2) int epoch) {
        Span part = new Span(5, 5 + length);
        SlidingWindows windows =
                new SlidingWindows(positions(200), part, new SlidingWindows.Cut(rows, steps, horizon, stride), 7);
        BitSet starts = new BitSet();
        for (long k = 0; k < windows.perEpoch(); k++) {
            Batch batch = windows.batch(epoch * windows.perEpoch() + k);
            float[] in = inputs(batch);
            float[] out = targets(batch);
            int found = batch.target().shape().dim(0);
            assertTrue(k == windows.perEpoch() - 1 ? found <= rows : found == rows);
            for (int n = 0; n < found; n++) {
                int start = (int) in[n * steps];
                assertTrue(!starts.get(start));
                starts.set(start);
                for (int t = 0; t < steps; t++) {
                    assertEquals(start + t, in[n * steps + t]);
                    for (int h = 0; h < horizon; h++) {
                        assertEquals(start + t + 1 + h, out[(n * steps + t) * horizon + h]);
                    }
                }
                assertTrue(start >= part.from() && start + steps + horizon <= part.to());
            }
        }
        BitSet expected = new BitSet();
        for (int start = part.from(); start + steps + horizon <= part.to(); start += stride) {
            expected.set(start);
        }
        assertEquals(expected, starts);
    }

    @Property
    void aStreamForecastsEveryValueOnce(
            @ForAll @IntRange(min = 1, max = 8) int steps,
            @ForAll @IntRange(min = 1, max = 4) int horizon,
            @ForAll @IntRange(min = 5, max = 60) int length) {
        Batches stream = new SeriesStream(positions(100), new Span(10, 10 + length), steps, horizon);
        int next = 10;
        for (long k = 0; k < stream.perEpoch(); k++) {
            Batch batch = stream.batch(k);
            assertEquals(k == 0, batch.spans().begins(0, 0));
            float[] in = inputs(batch);
            for (int t = 0; t < in.length; t++) {
                assertEquals(next + t, in[t]);
                assertEquals(next + t + 1, targets(batch)[t * horizon]);
            }
            next += in.length;
        }
        assertEquals(10 + length - horizon, next);
    }

    @Test
    void theOrderChangesFromEpochToEpoch() {
        SlidingWindows windows =
                new SlidingWindows(positions(60), new Span(0, 60), new SlidingWindows.Cut(50, 5, 1, 1), 7);
        assertTrue(!Arrays.equals(inputs(windows.batch(0)), inputs(windows.batch(windows.perEpoch()))));
        assertArrayEquals(
                inputs(windows.batch(0)),
                inputs(new SlidingWindows(positions(60), new Span(0, 60), new SlidingWindows.Cut(50, 5, 1, 1), 7)
                        .batch(0)));
    }

    @Test
    void shorterThanOneWindow() {
        SlidingWindows.Cut cut = new SlidingWindows.Cut(1, 10, 3, 1);
        assertEquals(
                "series part [4, 16) of 20 values: expected at least one window of 13 values"
                        + " (10 steps and a horizon of 3) in it",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new SlidingWindows(positions(20), new Span(4, 16), cut, 1))
                        .getMessage());
        assertEquals(
                "series part [4, 7): expected at least 4 values, one and a horizon of 3",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new SeriesStream(positions(20), new Span(4, 7), 10, 3))
                        .getMessage());
        assertEquals(
                "horizon is 0, expected 1 or more",
                assertThrows(IllegalArgumentException.class, () -> new SlidingWindows.Cut(1, 1, 0, 1))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new SlidingWindows(positions(10), new Span(0, 20), cut, 1));
    }
}
