package org.rnn4j.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.LayerException;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;

class DoublePassTest {
    private static final List<StatePart> PARTS = List.of(StatePart.of("h", 2));

    private final DoubleTensor h = DoubleTensor.variable(Shape.of(1, 2), 3, 4);

    @Test
    void theFirstWindowHasNothing() {
        DoublePass pass = DoublePass.first();
        assertTrue(pass.spans().isFull());
        assertArrayEquals(new double[2], pass.carried(PARTS, 1).get("h").toDoubles());
        assertEquals(Shape.of(1, 2), pass.initial(PARTS, 1).get("h").shape());
        assertTrue(pass.last().isEmpty());
    }

    @Test
    void statesAreCarriedByPath() {
        DoublePass pass = DoublePass.first();
        pass.within("cell", inner -> {
            inner.carry(State.of("h", h));
            return null;
        });
        assertSame(h, pass.last().get("cell").get("h"));
        DoublePass next = pass.next();
        State carried = next.within("cell", inner -> inner.carried(PARTS, 1));
        assertArrayEquals(new double[] {3, 4}, carried.get("h").toDoubles());
        assertTrue(DoubleTensor.of(carried.get("h").sum()).gradients().isEmpty(), "gradients stop between windows");
        assertArrayEquals(new double[2], next.carried(PARTS, 1).get("h").toDoubles());
    }

    @Test
    void onlyAStreamBeginsWithTheCarriedState() {
        DoublePass pass = DoublePass.first().withCarried(Map.of("", State.of("h", h)));
        assertSame(h, pass.carried(PARTS, 1).get("h"));
        assertArrayEquals(new double[2], pass.initial(PARTS, 1).get("h").toDoubles());
        assertSame(h, pass.streaming().initial(PARTS, 1).get("h"));
        assertEquals(
                "state part h has the shape (1,2), expected (3,2)",
                assertThrows(IllegalArgumentException.class, () -> pass.carried(PARTS, 3))
                        .getMessage());
    }

    @Test
    void aPlaceCarriesOnce() {
        DoublePass pass = DoublePass.first();
        pass.carry(State.of("h", h));
        assertThrows(IllegalStateException.class, () -> pass.carry(State.of("h", h)));
    }

    @Test
    void everythingIsKeptInTheNextCopy() {
        Spans spans = Spans.of(1).beginningAtStart(true);
        DoublePass pass = DoublePass.first()
                .withSpans(spans)
                .withCarried(Map.of("", State.of("h", h)))
                .streaming()
                .withSeed(3);
        assertSame(spans, pass.spans());
        assertSame(h, pass.initial(PARTS, 1).get("h"));
        assertEquals(pass.draws().bits(0), pass.withSpans(Spans.full()).draws().bits(0));
        assertNotEquals(pass.draws().bits(0), DoublePass.first().draws().bits(0));
    }

    @Test
    void placesDrawOtherNumbersAndStandOnErrors() {
        DoublePass pass = DoublePass.first();
        long inner = pass.within("cell", place -> place.draws().bits(0));
        assertNotEquals(pass.draws().bits(0), inner);
        LayerException e = assertThrows(
                LayerException.class,
                () -> pass.within(
                        "outer",
                        place -> place.within(
                                "cell", in -> h.plus(h.reshape(2, 1)).step(7))));
        assertEquals("outer.cell: step 7 of (2,2): outside", e.getMessage());
    }
}
