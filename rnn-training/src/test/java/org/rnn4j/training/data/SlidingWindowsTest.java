package org.rnn4j.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SlidingWindowsTest {

    @Test
    void windowsOfSixValues() {
        double[] series = {0, 1, 2, 3, 4, 5, 6, 7};
        SlidingWindows windows = new SlidingWindows(new Span(1, 8), 3, 2, 2);
        assertEquals(2, windows.count());
        SeriesBatch batch = windows.batch(series, 1, 0);
        assertArrayEquals(new double[][] {{3, 4, 5}, {1, 2, 3}}, batch.inputs());
        assertArrayEquals(new double[][] {{6, 7}, {4, 5}}, batch.targets());
    }

    @Property
    void trainingAndValidationShareNoValue(
            @ForAll @IntRange(min = 1, max = 8) int length,
            @ForAll @IntRange(min = 1, max = 4) int horizon,
            @ForAll @IntRange(min = 1, max = 15) int stride,
            @ForAll @IntRange(min = 60, max = 200) int values) {
        Split split = Split.contiguous(values, 0.7, 0.2);
        SlidingWindows train = new SlidingWindows(split.train(), length, horizon, stride);
        SlidingWindows validation = new SlidingWindows(split.validation(), length, horizon, stride);
        BitSet trained = used(train);
        assertTrue(trained.length() <= split.train().to());
        assertTrue(!trained.intersects(used(validation)));
    }

    @Property
    void windowsAreAllThatFit(
            @ForAll @IntRange(min = 1, max = 8) int length,
            @ForAll @IntRange(min = 1, max = 4) int horizon,
            @ForAll @IntRange(min = 1, max = 6) int stride,
            @ForAll @IntRange(max = 50) int extra) {
        Span part = new Span(5, 5 + length + horizon + extra);
        SlidingWindows windows = new SlidingWindows(part, length, horizon, stride);
        int last = windows.count() - 1;
        assertEquals(part.from(), windows.inputs(0).from());
        assertTrue(windows.targets(last).to() <= part.to());
        assertTrue(windows.targets(last).to() + stride > part.to());
        for (int i = 0; i <= last; i++) {
            assertEquals(part.from() + i * stride, windows.inputs(i).from());
            assertEquals(windows.inputs(i).to(), windows.targets(i).from());
            assertEquals(length, windows.inputs(i).length());
            assertEquals(horizon, windows.targets(i).length());
        }
    }

    @Test
    void badWindows() {
        assertEquals(
                "series part [10, 14) of 4 values is shorter than one window of length 3 and horizon 2:"
                        + " expected at least 5 values",
                assertThrows(IllegalArgumentException.class, () -> new SlidingWindows(new Span(10, 14), 3, 2, 1))
                        .getMessage());
        SlidingWindows one = new SlidingWindows(new Span(0, 5), 3, 2, 1);
        assertThrows(IllegalArgumentException.class, () -> one.inputs(1));
        assertThrows(IllegalArgumentException.class, () -> one.targets(-1));
        assertThrows(IllegalArgumentException.class, () -> one.batch(new double[4], 0));
        assertThrows(IllegalArgumentException.class, () -> new SlidingWindows(new Span(0, 5), 3, 2, 0));
    }

    private static BitSet used(SlidingWindows windows) {
        BitSet used = new BitSet();
        for (int i = 0; i < windows.count(); i++) {
            used.set(windows.inputs(i).from(), windows.inputs(i).to());
            used.set(windows.targets(i).from(), windows.targets(i).to());
        }
        return used;
    }
}
