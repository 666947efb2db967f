package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Layer;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Forward;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Tensors;
import org.rnn4j.core.Window;
import org.rnn4j.layers.regularisation.ActivationPenalty;
import org.rnn4j.testkit.DoubleParams;
import org.rnn4j.testkit.DoublePass;
import org.rnn4j.testkit.DoubleTensor;
import org.rnn4j.testkit.GradientCheck;

/** What {@link ActivationPenalty} adds to the loss, by hand, and its gradient in float64. */
class ActivationPenaltyTest {
    /** (2,3,1): row 0 whole, with a new sequence at step 2; row 1 has two steps, and NaN behind them. */
    private static final float[] X = {1, 3, 10, 2, 5, Float.NaN};

    private static final Spans SPANS = Spans.of(3, 2).beginning(new boolean[] {false, false, true}, new boolean[3]);

    @Test
    void theMeansAreOverValidStepsOfOneSequence() {
        double squares = (1 + 9 + 100 + 4 + 25) / 5.0;
        double changes = (4 + 9) / 2.0;
        assertEquals(2 * squares, penalty(new ActivationPenalty(2, 0)), 1e-5);
        assertEquals(3 * changes, penalty(new ActivationPenalty(0, 3)), 1e-5);
        assertEquals(2 * squares + 3 * changes, penalty(new ActivationPenalty(2, 3)), 1e-5);
    }

    private static double penalty(ActivationPenalty layer) {
        return run(model(layer), Tensors.of(Shape.of(2, 3, 1), X))
                .penalty()
                .orElseThrow()
                .item();
    }

    private static Model model(ActivationPenalty layer) {
        return Model.create(ModelSpec.chain().then("penalty", layer).build(), 1);
    }

    private static Forward run(Model model, Tensor x) {
        return model.forward(Window.of(x).with(SPANS));
    }

    @Test
    void paddingGetsNoGradient() {
        Tensor x = Tensors.variable(Shape.of(2, 3, 1), X);
        Tensor penalty = run(model(new ActivationPenalty(2, 3)), x).penalty().orElseThrow();
        float[] found = Gradients.of(penalty).get(x).toFloats();
        float[] squares = {1, 3, 10, 2, 5, 0};
        float[] changes = {-2, 2, 0, -3, 3, 0};
        float[] expected = new float[X.length];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = 2 * 2 * squares[i] / 5 + 3 * 2 * changes[i] / 2;
        }
        assertArrayEquals(expected, found, 1e-5f);
    }

    @Test
    void aServedModelAndAWindowWithoutStepsHaveNone() {
        Model model = model(new ActivationPenalty(2, 3));
        Tensor x = Tensors.of(Shape.of(2, 3, 1), X);
        assertTrue(run(model.inference(), x).penalty().isEmpty());
        assertTrue(model.forward(Window.of(x).with(Spans.of(0, 0))).penalty().isEmpty());
    }

    @Test
    void theGradientIsRight() {
        Layer layer = new ActivationPenalty(2, 3).create(DoubleParams.drawn(1));
        DoubleTensor x = DoubleTensor.variable(Shape.of(2, 3, 2), 0.5, -1, 2, 0.25, 1, 1, -2, 0, 3, 1, 0.125, -0.5);
        GradientCheck check = GradientCheck.of(Map.of("x", x), named -> {
            DoublePass pass = DoublePass.first().withSpans(SPANS);
            layer.forward(named.get("x"), pass);
            return pass.penalties().stream().reduce(Tensor::plus).orElseThrow();
        });
        assertEquals(12, check.numbers());
    }
}
