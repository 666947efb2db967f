package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Forward;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Session;
import org.rnn4j.core.Tensors;
import org.rnn4j.core.Window;
import org.rnn4j.layers.feedforward.Convolution;
import org.rnn4j.layers.feedforward.Convolution.Padding;

/** Which steps a convolution sees. */
class ConvolutionTest {
    private static final int STEPS = 9;

    /** One impulse shows where each weight looks: at its step or behind it, or on both sides. */
    @Test
    void weightsMeetTheirSteps() {
        assertArrayEquals(new float[] {0, 0, 0, 0, 3, 0, 2, 0, 1}, impulse(3, 2, Padding.CAUSAL));
        assertArrayEquals(new float[] {0, 0, 0, 3, 2, 1, 0, 0, 0}, impulse(3, 1, Padding.CENTRED));
        assertArrayEquals(new float[] {0, 0, 0, 2, 1, 0, 0, 0, 0}, impulse(2, 1, Padding.CENTRED));
        assertArrayEquals(new float[] {3, 0, 2, 0, 0, 0, 0, 0, 0}, impulse(4, 2, Padding.CENTRED, 3, 1));
    }

    private static float[] impulse(int kernel, int dilation, Padding padding) {
        return impulse(kernel, dilation, padding, STEPS, 4);
    }

    /** The output for an impulse at a step of a row of this length, with the weights 1, 2, 3, … */
    private static float[] impulse(int kernel, int dilation, Padding padding, int length, int at) {
        float[] weights = new float[kernel];
        for (int j = 0; j < kernel; j++) {
            weights[j] = j + 1f;
        }
        Model model = model(new Convolution(1, 1, kernel, dilation, padding, null, null), weights, new float[1]);
        float[] x = new float[STEPS];
        x[at] = 1;
        Tensor window = Tensors.of(Shape.of(1, STEPS, 1), x);
        return model.forward(Window.of(window).with(Spans.of(length))).output().toFloats();
    }

    /** A window with resets gives what its sequences give alone, and hands on what the last of them does. */
    @ParameterizedTest
    @EnumSource
    void nothingReachesAcrossAReset(Padding padding) {
        float[] weights = normal(2, 3 * 2 * 4);
        Model model = model(new Convolution(2, 4, 3, 2, padding, null, null), weights, new float[] {1, 2, 3, 4});
        float[] x = normal(3, STEPS * 2);
        boolean[] begins = new boolean[STEPS];
        begins[3] = true;
        begins[7] = true;
        Tensor window = Tensors.of(Shape.of(1, STEPS, 2), x);
        Forward whole = model.forward(Window.of(window).with(Spans.full().beginning(begins)));
        float[] found = whole.output().toFloats();
        int[] cuts = {0, 3, 7, STEPS};
        for (int i = 0; i + 1 < cuts.length; i++) {
            int steps = cuts[i + 1] - cuts[i];
            float[] part = Arrays.copyOfRange(x, cuts[i] * 2, cuts[i + 1] * 2);
            Forward alone = model.forward(Window.of(Tensors.of(Shape.of(1, steps, 2), part)));
            assertArrayEquals(
                    alone.output().toFloats(), Arrays.copyOfRange(found, cuts[i] * 4, cuts[i + 1] * 4), "part " + i);
            if (cuts[i + 1] == STEPS) {
                Map<String, Tensor> expected = alone.carry().tensors();
                Map<String, Tensor> states = whole.carry().tensors();
                assertEquals(expected.keySet(), states.keySet());
                assertEquals(padding == Padding.CAUSAL ? 1 : 0, states.size());
                expected.forEach((name, state) ->
                        assertArrayEquals(state.toFloats(), states.get(name).toFloats(), name));
            }
        }
    }

    /** T steps are some of them and then the others, wherever they are cut: four steps are held, and a window may have fewer. Row 1 ends early. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void aStatefulWindowSeesTheOneBefore(int cut) {
        Tensor x = Tensors.of(Shape.of(2, STEPS, 2), normal(3, 2 * STEPS * 2));
        int valid = 6;
        Model model = dilated(true);
        Forward whole = model.forward(Window.of(x).with(Spans.of(STEPS, valid)));
        Forward first = model.forward(Window.of(steps(x, 0, cut)).with(Spans.of(cut, Math.min(cut, valid))));
        Window rest = Window.of(steps(x, cut, STEPS)).with(Spans.of(STEPS - cut, Math.max(0, valid - cut)));
        Forward second = model.forward(rest.with(first.carry()));
        same(steps(whole.output(), 0, cut), first.output());
        same(steps(whole.output(), cut, STEPS), second.output());
        same(
                whole.carry().state("layer").get("x"),
                second.carry().state("layer").get("x"));
        // Where a new sequence begins, and where the layer is not stateful, it sees nothing of it.
        Tensor alone = model.forward(rest).output();
        same(
                alone,
                model.forward(rest.with(first.carry()).with(rest.spans().beginningAtStart(true, true)))
                        .output());
        same(alone, dilated(false).forward(rest.with(first.carry())).output());
        assertFalse(Arrays.equals(alone.toFloats(), second.output().toFloats()));
    }

    /** A stream needs no stateful layer, and one that is gives the same. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSessionSeesTheStepsBefore(boolean stateful) {
        Tensor x = Tensors.of(Shape.of(2, STEPS, 2), normal(3, 2 * STEPS * 2));
        Model model = dilated(stateful);
        Tensor whole = model.forward(Window.of(x)).output();
        Session session = model.session(2);
        float[] y = new float[2 * 4];
        for (int t = 0; t < STEPS; t++) {
            session.step(x.step(t).toFloats(), y);
            assertArrayEquals(whole.step(t).toFloats(), y, "step " + t);
        }
        assertTrue(session.replays());
    }

    private static Model dilated(boolean stateful) {
        Convolution layer = new Convolution(2, 4, 3, 2, null, null, stateful);
        return model(layer, normal(2, 3 * 2 * 4), new float[] {1, 2, 3, 4});
    }

    private static Tensor steps(Tensor x, int from, int to) {
        return Tensor.stack(IntStream.range(from, to).mapToObj(x::step).toList());
    }

    private static void same(Tensor expected, Tensor found) {
        assertEquals(expected.shape(), found.shape());
        assertArrayEquals(expected.toFloats(), found.toFloats());
    }

    private static float[] normal(long seed, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) Draws.of(seed).normal(i);
        }
        return values;
    }

    private static Model model(Convolution convolution, float[] weights, float[] bias) {
        Shape shape = Shape.of(convolution.kernel() * convolution.inputs(), convolution.outputs());
        return Model.restore(
                ModelSpec.chain().then("layer", convolution).build(),
                1,
                Map.of(
                        "layer.weight", Tensors.of(shape, weights),
                        "layer.bias", Tensors.of(Shape.of(bias.length), bias)));
    }
}
