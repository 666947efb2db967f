package org.rnn4j.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;

class GradientCheckTest {
    private final DoubleTensor x = DoubleTensor.variable(Shape.of(2, 2), 1, -2, 3, 0.5);
    private final DoubleTensor y = DoubleTensor.variable(Shape.of(2), 1, 4);

    @Test
    void countsWhatItChecked() {
        GradientCheck check = GradientCheck.of(
                Map.of("x", x, "y", y),
                leaves -> leaves.get("x").times(leaves.get("y")).tanh().sum());
        assertEquals(new GradientCheck(6, List.of()), check);
    }

    @Test
    void namesLeafPositionAndNumbersOfAWrongGradient() {
        // x * x with half of the gradient cut off: it is x, where the quotient says 2x.
        AssertionError e = assertThrows(
                AssertionError.class,
                () -> GradientCheck.of(
                        Map.of("x", x),
                        leaves ->
                                leaves.get("x").times(leaves.get("x").detach()).sum()));
        assertTrue(
                e.getMessage()
                        .matches("the gradient of x at \\(0,0\\) of \\(2,2\\) is 1.0, but the difference quotient is"
                                + " (2.0|1.9)[0-9]*: they differ by (1.0|0.9)[0-9]*, more than 1e-7 of the larger"),
                e.getMessage());
    }

    @Test
    void findsAnErrorOfTwoInTenMillion() {
        assertThrows(
                AssertionError.class,
                () -> GradientCheck.of(
                        Map.of("y", y),
                        leaves -> leaves.get("y")
                                .plus(leaves.get("y").detach().times(2e-7))
                                .sum()));
    }

    @Test
    void failsWhereThereIsNothingToCheck() {
        assertEquals(
                "the gradient check checked nothing: there is no number",
                assertThrows(AssertionError.class, () -> GradientCheck.of(Map.of(), leaves -> y.sum()))
                        .getMessage());
        assertEquals(
                "the gradient check checked nothing: the function does not depend on [y]",
                assertThrows(AssertionError.class, () -> GradientCheck.of(Map.of("y", y), leaves -> x.sum()))
                        .getMessage());
    }

    @Test
    void namesLeavesThatDoNotMatter() {
        assertEquals(
                List.of("x"),
                GradientCheck.of(
                                Map.of("x", x, "y", y),
                                leaves -> leaves.get("y").sum())
                        .flat());
    }

    @Test
    void aKinkNearbyIsNoError() {
        DoubleTensor near = DoubleTensor.variable(Shape.of(2), 1.5e-4, -1.5e-4);
        GradientCheck.of(
                Map.of("near", near), leaves -> leaves.get("near").relu().sum());
    }

    @Test
    void notANumberIsAnError() {
        DoubleTensor zero = DoubleTensor.variable(Shape.of(1), 0);
        assertThrows(
                AssertionError.class,
                () -> GradientCheck.of(Map.of("zero", zero), leaves -> {
                    Tensor leaf = leaves.get("zero");
                    return leaf.dividedBy(leaf).sum();
                }));
    }
}
