package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Loss;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Tensors;
import org.rnn4j.layers.loss.SoftmaxCrossEntropy;
import org.rnn4j.testkit.DoubleTensor;

/** The float32 tensor computes softmax and cross-entropy in one; the float64 tensor composes it of operations. Both agree. */
class LossParityTest {
    @ParameterizedTest
    @CsvSource({"1,1,1", "2,3,5", "3,7,418", "5,11,1001", "13,17,1003"})
    void theOpIsTheComposedForm(int rows, int steps, int classes) {
        Shape shape = Shape.of(rows, steps, classes);
        double[] numbers = new double[shape.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) (5 * Draws.of(1).normal(i));
        }
        int[] targets = new int[rows * steps];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = i % 5 == 3 ? Ids.IGNORED : Draws.of(2).below(i, classes);
        }
        int[] ends = new int[rows];
        for (int n = 0; n < rows; n++) {
            ends[n] = steps - n % (steps + 1);
        }
        Ids ids = Ids.of(Shape.of(rows, steps), targets);
        for (Spans spans : new Spans[] {Spans.full(), Spans.of(ends)}) {
            agree(new SoftmaxCrossEntropy(), shape, numbers, ids, spans);
            agree(new SoftmaxCrossEntropy(0.1), shape, numbers, ids, spans);
        }
    }

    private static void agree(Loss loss, Shape shape, double[] numbers, Ids ids, Spans lengths) {
        DoubleTensor exact = DoubleTensor.variable(shape, numbers);
        // Times a number, so that the gradient that comes in is not 1.
        Tensor composed = loss.of(exact, ids, lengths).times(3);
        Map<DoubleTensor, double[]> expected = DoubleTensor.of(composed).gradients();

        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        Tensor output = Tensors.variable(shape, floats);
        Tensor value = loss.of(output, ids, lengths).times(3);
        assertEquals(composed.item(), value.item(), 1e-5 * Math.max(1, composed.item()));

        double[] found = Gradients.of(value).get(output).toDoubles();
        double scale = 3.0 / Math.max(1, loss.positions(ids, lengths));
        assertArrayEquals(expected.get(exact), found, 1e-5 * scale);
    }
}
