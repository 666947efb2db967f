package org.rnn4j.examples.gradientflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.Shape;
import org.rnn4j.api.State;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Tensors;
import org.rnn4j.examples.gradientflow.GradientFlow.Clipping;

class GradientFlowTest {
    private static final int N = GradientFlow.N;
    private static final int H = GradientFlow.H;
    private static final int STEPS = 6;

    private static Recurrent identityTimes(float factor) {
        float[] wh = new float[H * H];
        for (int i = 0; i < H; i++) {
            wh[i * H + i] = factor;
        }
        return new GradientFlow.Linear(Tensors.of(Shape.of(H, H), wh));
    }

    @Test
    void aLinearRecurrenceMultipliesByItsWeightInEachStep() {
        double[] left = GradientFlow.left(identityTimes(0.5f), Draws.of(1), STEPS, Clipping.NONE);
        for (int k = 0; k <= STEPS; k++) {
            assertEquals(Math.scalb(1.0, -k), left[k], 1e-12);
        }
    }

    @Test
    void clippingStopsAnExplosionAndLeavesAVanishingGradientAlone() {
        double[] grown = GradientFlow.left(identityTimes(2), Draws.of(1), STEPS, Clipping.EACH_STEP);
        double[] shrunk = GradientFlow.left(identityTimes(0.5f), Draws.of(1), STEPS, Clipping.EACH_STEP);
        for (int k = 1; k <= STEPS; k++) {
            assertEquals(2, grown[k], 1e-6);
            assertEquals(Math.scalb(1.0, -k), shrunk[k], 1e-12);
        }
    }

    /** Step by step, the gradient is that of the whole unrolled cell. */
    @Test
    void stepByStepIsAsAllAtOnce() {
        GradientFlow.cells().forEach((name, cell) -> {
            Recurrent made = cell.apply(new GradientFlow.Weights(Draws.of(5).at(name), 1.5));
            Draws draws = Draws.of(7);
            double[] left = GradientFlow.left(made, draws, STEPS, Clipping.NONE);

            State begin = GradientFlow.map(made, part -> Tensors.variable(Shape.of(N, H), new float[N * H]));
            State state = begin;
            for (int t = 0; t < STEPS; t++) {
                state = made.step(GradientFlow.normal(draws.at(t)), state).state();
            }
            Gradients gradients = Gradients.of(state.get("h").sum());
            double squares = 0;
            for (Tensor part : begin.parts().values()) {
                for (double number : gradients.get(part).toDoubles()) {
                    squares += number * number;
                }
            }
            double expected = Math.sqrt(squares) / Math.sqrt(N * H);
            assertEquals(expected, left[STEPS], 1e-4 * expected, name);
            assertTrue(expected > 0, name);
        });
    }
}
