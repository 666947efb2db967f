package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Tensors;
import org.rnn4j.core.Window;
import org.rnn4j.layers.regularisation.Dropout;

class DropoutTest {
    private static final Shape SHAPE = Shape.of(20, 10, 50);

    private static Model model(double rate, Dropout.Mask mask) {
        return Model.create(
                ModelSpec.chain().then("dropout", new Dropout(rate, mask)).build(), 1);
    }

    private static Tensor ones() {
        float[] values = new float[SHAPE.size()];
        Arrays.fill(values, 1);
        return Tensors.variable(SHAPE, values);
    }

    private static float[] out(Model model, long step) {
        return model.forward(Window.of(ones()).atStep(step)).output().toFloats();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsLeftIsScaledUp(Dropout.Mask mask) {
        float[] out = out(model(0.25, mask), 0);
        int zeros = 0;
        for (float y : out) {
            assertTrue(y == 0 || y == (float) (1 / 0.75), () -> "got " + y);
            zeros += y == 0 ? 1 : 0;
        }
        // With one mask a window there are 1,000 draws, of deviation 0.014.
        assertEquals(0.25, (double) zeros / out.length, 0.05);
    }

    @Test
    void aWindowsMaskIsTheSameAtAllSteps() {
        Tensor y = Tensors.of(SHAPE, out(model(0.5, Dropout.Mask.WINDOW), 0));
        for (int t = 1; t < SHAPE.dim(1); t++) {
            assertArrayEquals(y.step(0).toFloats(), y.step(t).toFloats());
        }
        float[] first = y.step(0).toFloats();
        int columns = SHAPE.columns();
        assertFalse(
                Arrays.equals(Arrays.copyOfRange(first, 0, columns), Arrays.copyOfRange(first, columns, 2 * columns)));
    }

    @Test
    void anElementsMaskIsAnotherAtEachStep() {
        Tensor y = Tensors.of(SHAPE, out(model(0.5, Dropout.Mask.ELEMENT), 0));
        assertFalse(Arrays.equals(y.step(0).toFloats(), y.step(1).toFloats()));
    }

    @ParameterizedTest
    @EnumSource
    void aMaskBelongsToItsTrainingStep(Dropout.Mask mask) {
        Model model = model(0.5, mask);
        assertArrayEquals(out(model, 3), out(model, 3));
        assertFalse(Arrays.equals(out(model, 3), out(model, 4)));
    }

    /** The draws, in the order of the mask's numbers: what the float64 tensor multiplies by. */
    @ParameterizedTest
    @EnumSource
    void theMaskIsWhereADrawIsBelowTheRate(Dropout.Mask mask) {
        Draws draws = Draws.of(1).at("pass").at(3).at("dropout");
        int columns = SHAPE.columns();
        int steps = SHAPE.dim(1);
        float[] expected = new float[SHAPE.size()];
        for (int i = 0; i < expected.length; i++) {
            int row = i / columns;
            int number = mask == Dropout.Mask.ELEMENT ? i : row / steps * columns + i % columns;
            expected[i] = draws.uniform(number) < 0.3 ? 0 : (float) (1 / 0.7);
        }
        assertArrayEquals(expected, out(model(0.3, mask), 3));
    }

    @ParameterizedTest
    @EnumSource
    void theGradientPassesThroughTheMask(Dropout.Mask mask) {
        Tensor x = ones();
        Tensor y = model(0.5, mask).forward(Window.of(x)).output();
        assertArrayEquals(y.toFloats(), Gradients.of(y.sum()).get(x).toFloats());
    }

    @ParameterizedTest
    @EnumSource
    void nothingHappensOutsideTraining(Dropout.Mask mask) {
        assertArrayEquals(ones().toFloats(), out(model(0.5, mask).inference(), 0));
        assertArrayEquals(ones().toFloats(), out(model(0, mask), 0));
    }

    @Test
    void twoPlacesHaveTwoMasks() {
        Model twice = Model.create(
                ModelSpec.chain()
                        .then("a", new Dropout(0.5))
                        .then("b", new Dropout(0.5))
                        .build(),
                1);
        // The product of two different masks: a quarter is left, each four times as large.
        int left = 0;
        for (float y : out(twice, 0)) {
            left += y == 4 ? 1 : 0;
        }
        assertEquals(0.25, (double) left / SHAPE.size(), 0.06);
    }
}
