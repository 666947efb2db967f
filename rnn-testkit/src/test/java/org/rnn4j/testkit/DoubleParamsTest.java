package org.rnn4j.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Init;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;

class DoubleParamsTest {
    private final DoubleParams params = DoubleParams.drawn(5);

    @Test
    void namesAreJoinedToPathsInTheOrderOfAsking() {
        Tensor wx = params.scope("cell").get("wx", Init.zeros(), 2, 3);
        params.get("b", Init.zeros(), 3);
        assertEquals(List.of("cell.wx", "b"), List.copyOf(params.parameters().keySet()));
        assertSame(wx, params.parameters().get("cell.wx"));
        assertEquals(Shape.of(2, 3), wx.shape());
    }

    @Test
    void numbersAreSmallRepeatAndFitFloat32() {
        Tensor w = params.get("w", Init.zeros(), 100);
        assertArrayEquals(
                w.toDoubles(),
                DoubleParams.drawn(5).get("w", Init.xavier(), 100).toDoubles());
        assertNotEquals(
                w.toDoubles()[0],
                DoubleParams.drawn(6).get("w", Init.zeros(), 100).toDoubles()[0]);
        double largest = 0;
        for (double value : w.toDoubles()) {
            assertTrue(value >= -0.5 && value < 0.5, () -> "value " + value);
            assertEquals((double) (float) value, value);
            largest = Math.max(largest, Math.abs(value));
        }
        assertTrue(largest > 0.4, "largest " + largest);
    }

    @Test
    void givenOnesAreHandedOutAsTheyAre() {
        DoubleTensor b = DoubleTensor.variable(Shape.of(2), 1, 2);
        DoubleParams holding = DoubleParams.holding(Map.of("cell.b", b));
        assertSame(b, holding.scope("cell").get("b", Init.zeros(), 2));
        assertEquals("no parameter named w; there are [cell.b]", message(() -> holding.get("w", Init.zeros(), 2)));
        assertEquals(
                "parameter cell.b has the shape (2), expected (3)",
                message(() -> holding.forInference().scope("cell").get("b", Init.zeros(), 3)));
    }

    @Test
    void oneNameIsAskedForOnce() {
        params.scope("cell").get("b", Init.zeros(), 2);
        assertEquals(
                "parameter cell.b was asked for twice",
                message(() -> params.scope("cell").get("b", Init.zeros(), 2)));
    }

    @Test
    void sharedOnesAreThoseOfTheirOwner() {
        Tensor weight = params.scope("embed").get("weight", Init.zeros(), 5, 2);
        assertSame(weight, params.scope("output").shared("embed.weight", 5, 2));
        assertEquals(
                "parameter embed.weight has the shape (5,2), expected (2,5)",
                message(() -> params.shared("embed.weight", 2, 5)));
        Tensor elsewhere = params.shared("other.weight", 5, 2);
        assertSame(elsewhere, params.shared("other.weight", 5, 2));
        assertEquals(Map.of("other.weight", elsewhere), params.unowned());
    }

    @Test
    void namesAreChecked() {
        assertEquals(
                "parameter name a.b: expected one without dots", message(() -> params.get("a.b", Init.zeros(), 1)));
        assertEquals("scope name : expected one without dots", message(() -> params.scope("")));
        assertEquals("parameter Wx: expected a name in lower case", message(() -> params.get("Wx", Init.zeros(), 1)));
    }

    @Test
    void trainingUnlessForInference() {
        assertTrue(params.training());
        assertTrue(params.scope("cell").training());
        assertFalse(params.forInference().scope("cell").training());
    }

    private static String message(Runnable code) {
        return assertThrows(IllegalArgumentException.class, code::run).getMessage();
    }
}
