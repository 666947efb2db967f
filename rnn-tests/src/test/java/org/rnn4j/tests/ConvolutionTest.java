package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Lengths;
import org.rnn4j.api.Resets;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Forward;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Tensors;
import org.rnn4j.core.Window;
import org.rnn4j.layers.Convolution;
import org.rnn4j.layers.Convolution.Padding;

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
        Model model = model(new Convolution(1, 1, kernel, dilation, padding, null), weights, new float[1]);
        float[] x = new float[STEPS];
        x[at] = 1;
        Tensor window = Tensors.of(Shape.of(1, STEPS, 1), x);
        return model.forward(Window.of(window).with(Lengths.of(length)))
                .output()
                .toFloats();
    }

    /** A window with resets gives what its sequences give alone, and hands on what the last of them does. */
    @ParameterizedTest
    @EnumSource
    void nothingReachesAcrossAReset(Padding padding) {
        float[] weights = normal(2, 3 * 2 * 4);
        Model model = model(new Convolution(2, 4, 3, 2, padding, null), weights, new float[] {1, 2, 3, 4});
        float[] x = normal(3, STEPS * 2);
        boolean[] begins = new boolean[STEPS];
        begins[3] = true;
        begins[7] = true;
        Tensor window = Tensors.of(Shape.of(1, STEPS, 2), x);
        Forward whole = model.forward(Window.of(window).with(Resets.of(begins)));
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
