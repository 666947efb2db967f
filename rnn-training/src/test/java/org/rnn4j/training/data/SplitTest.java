package org.rnn4j.training.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SplitTest {

    @Test
    void cutsAtTheRoundedFractions() {
        assertEquals(new Split(new Span(0, 91), new Span(91, 95), new Span(95, 101)), Split.contiguous(101, 0.9, 0.04));
        assertEquals(new Split(new Span(0, 7), new Span(7, 10), new Span(10, 10)), Split.contiguous(10, 0.7, 0.3));
    }

    @Property
    void partsFollowEachOtherAndCoverEverything(
            @ForAll @IntRange(max = 1_000_000) int length,
            @ForAll @DoubleRange(min = 0.01, max = 0.6) double train,
            @ForAll @DoubleRange(max = 0.4) double validation) {
        Split split = Split.contiguous(length, train, validation);
        assertEquals(0, split.train().from());
        assertEquals(split.train().to(), split.validation().from());
        assertEquals(split.validation().to(), split.test().from());
        assertEquals(length, split.test().to());
        assertEquals(length * train, split.train().length(), 0.5001);
    }

    @Test
    void fractionsMustAddUp() {
        String message = assertThrows(IllegalArgumentException.class, () -> Split.contiguous(10, 0.9, 0.2))
                .getMessage();
        assertEquals(
                "train is 0.9 and validation is 0.2, expected train > 0, validation >= 0 and a sum of at most 1",
                message);
        assertThrows(IllegalArgumentException.class, () -> Split.contiguous(10, Double.NaN, 0.2));
        assertThrows(IllegalArgumentException.class, () -> new Span(3, 2));
    }
}
