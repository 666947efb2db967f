package org.rnn4j.core.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Shape;

class TracedIdsTest {
    private static final Ids IDS = Ids.of(new int[] {3, 1});

    /** Whether a step that does this with its ids can be replayed. */
    private static boolean isRead(Consumer<Ids> layer) {
        Trace trace = new Trace();
        layer.accept(trace.input(IDS));
        FloatTensor output = FloatTensor.wrap(Shape.of(), new float[1]);
        return trace.replay(output, List.of()).isEmpty();
    }

    @Test
    void aTraceIsToldOfEveryReading() {
        assertEquals(true, isRead(ids -> assertEquals(1, ids.at(1))));
        assertEquals(true, isRead(ids -> assertEquals(3, ids.at(0, 0))));
        assertEquals(true, isRead(ids -> assertArrayEquals(new int[] {3, 1}, ids.toArray())));
        assertEquals(true, isRead(ids -> ids.below(4, "vocabulary")));
        assertEquals(true, isRead(ids -> assertEquals(IDS, ids)));
        assertEquals(true, isRead(ids -> assertEquals(ids, IDS)));
        assertEquals(true, isRead(ids -> assertNotEquals(ids, "ids")));
        assertEquals(true, isRead(ids -> assertEquals(IDS.hashCode(), ids.hashCode())));
    }

    @Test
    void theShapeIsNoReading() {
        assertEquals(false, isRead(ids -> assertEquals(Shape.of(1, 2), ids.shape())));
        assertEquals(false, isRead(ids -> assertEquals("Ids(1,2)", ids.toString())));
        assertEquals(false, isRead(ids -> assertEquals(IDS, TracedIds.unwrapped(ids))));
    }

    /** Or the rows and columns of a table would be counted as read by the op itself. */
    @Test
    void anOpThatGoesByIdsIsNoReading() {
        FloatTensor table = FloatTensor.wrap(Shape.of(4, 2), new float[8]);
        assertEquals(false, isRead(table::lookup));
        FloatTensor scores = FloatTensor.wrap(Shape.of(1, 2, 4), new float[8]);
        assertEquals(false, isRead(scores::pick));
    }
}
