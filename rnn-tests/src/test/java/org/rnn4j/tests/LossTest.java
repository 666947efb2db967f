package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Loss;
import org.rnn4j.api.LossSpec;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Tensors;
import org.rnn4j.layers.loss.GaussianLikelihood;
import org.rnn4j.layers.loss.Huber;
import org.rnn4j.layers.loss.Quantile;
import org.rnn4j.layers.loss.SigmoidCrossEntropy;
import org.rnn4j.layers.loss.SoftmaxCrossEntropy;
import org.rnn4j.layers.loss.SquaredError;
import org.rnn4j.testkit.DoubleTensor;

/** What the losses do with padding, with labels that are left out, and with targets that do not fit. */
class LossTest {
    private static final int N = 2;
    private static final int T = 3;
    private static final int D = 4;

    /** Row 0 ends behind step 2, row 1 behind step 0: two positions are padding. */
    private static final Spans LENGTHS = Spans.of(3, 1);

    private static final boolean[] VALID = {true, true, true, true, false, false};

    static Stream<Arguments> losses() {
        Ids ids = Ids.of(new int[] {1, 0, 3}, new int[] {2, 99, -7});
        float[] answers = random("target", N * T * D, 0, 1);
        for (int i = 4 * D; i < answers.length; i++) {
            answers[i] = Float.NaN;
        }
        Tensor tensor = Tensors.of(Shape.of(N, T, D), answers);
        float[] half = new float[N * T * D / 2];
        for (int i = 0; i < half.length; i++) {
            half[i] = answers[2 * i];
        }
        Tensor narrow = Tensors.of(Shape.of(N, T, D / 2), half);
        return Stream.of(
                Arguments.argumentSet("softmax", new SoftmaxCrossEntropy(), ids),
                Arguments.argumentSet("sigmoid", new SigmoidCrossEntropy(), tensor),
                Arguments.argumentSet("squared", new SquaredError(), tensor),
                Arguments.argumentSet("smoothed", new SoftmaxCrossEntropy(0.1), ids),
                Arguments.argumentSet("Huber", new Huber(0.5), tensor),
                Arguments.argumentSet("quantile", new Quantile(List.of(0.25, 0.5)), narrow),
                Arguments.argumentSet("Gaussian", new GaussianLikelihood(), narrow));
    }

    private static float[] random(String place, int size, double from, double to) {
        float[] result = new float[size];
        for (int i = 0; i < size; i++) {
            result[i] = (float) (from + (to - from) * Draws.of(1).at(place).uniform(i));
        }
        return result;
    }

    /** The float64 tensor composes it of operations; the op that the float32 tensor runs has numbers of PyTorch. */
    @Test
    void theSmoothedLossIsTheSameComposed() {
        Loss loss = new SoftmaxCrossEntropy(0.1);
        float[] numbers = random("output", 3 * 7, -3, 3);
        double[] doubles = new double[numbers.length];
        Arrays.setAll(doubles, i -> numbers[i]);
        Ids target = Ids.of(Shape.of(3), 6, 0, 3);
        Shape shape = Shape.of(3, 7);
        assertEquals(
                loss.of(Tensors.of(shape, numbers), target, Spans.full()).item(),
                loss.of(DoubleTensor.of(shape, doubles), target, Spans.full()).item(),
                1e-6);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void paddingReachesNeitherTheLossNorTheGradient(LossSpec spec, Value target) {
        Loss loss = spec.create(null);
        float[] numbers = random("output", N * T * D, -3, 3);
        for (int i = 4 * D; i < numbers.length; i++) {
            numbers[i] = i % 2 == 0 ? Float.NaN : Float.POSITIVE_INFINITY;
        }
        Tensor output = Tensors.variable(Shape.of(N, T, D), numbers);
        Tensor value = loss.of(output, target, LENGTHS);

        // The mean over the valid positions alone, each a row of its own without a time axis.
        double sum = 0;
        for (int p = 0; p < 4; p++) {
            sum += loss.of(row(output, p), position(target, p), Spans.full()).item();
        }
        assertEquals(sum / 4, value.item(), 1e-6);
        assertEquals(4, loss.positions(target, LENGTHS));

        float[] gradient = Gradients.of(value).get(output).toFloats();
        for (int p = 0; p < N * T; p++) {
            float[] expected = new float[D];
            if (VALID[p]) {
                Tensor alone = row(output, p);
                Tensor ofAlone = loss.of(alone, position(target, p), Spans.full());
                expected = Gradients.of(ofAlone).get(alone).times(0.25).toFloats();
            }
            float[] found = new float[D];
            System.arraycopy(gradient, p * D, found, 0, D);
            assertArrayEquals(expected, found, 1e-6f);
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void ofNoValidPositionIsZeroWithGradientZero(LossSpec spec, Value target) {
        Loss loss = spec.create(null);
        float[] numbers = new float[N * T * D];
        Arrays.fill(numbers, Float.NaN);
        Tensor output = Tensors.variable(Shape.of(N, T, D), numbers);
        Spans none = Spans.of(0, 0);
        Tensor value = loss.of(output, target, none);
        assertEquals("0.0", String.valueOf(value.item()));
        assertArrayEquals(new float[N * T * D], Gradients.of(value).get(output).toFloats());
        assertEquals(0, loss.positions(target, none));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void lengthsMustFit(LossSpec spec, Value target) {
        Loss loss = spec.create(null);
        Tensor output = Tensors.zeros(Shape.of(N, T, D));
        fails("length of row 1 is 4, but the window has 3 steps", () -> loss.of(output, target, Spans.of(1, 4)));
        fails("lengths of 1 rows for a window of 2 rows", () -> loss.of(output, target, Spans.of(1)));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void withoutATimeAxisARowCountsUnlessItIsEmpty(LossSpec spec, Value target) {
        Loss loss = spec.create(null);
        Tensor one = row(Tensors.of(Shape.of(N, T, D), random("output", N * T * D, -3, 3)), 1);
        Value wanted = position(target, 1);
        assertEquals(
                loss.of(one, wanted, Spans.full()).item(),
                loss.of(one, wanted, Spans.of(7)).item());
        assertEquals(0, loss.of(one, wanted, Spans.of(0)).item());
        assertEquals(0, loss.positions(wanted, Spans.of(0)));
        assertEquals(1, loss.positions(wanted, Spans.of(7)));
    }

    @Test
    void anIgnoredLabelIsLeftOut() {
        Loss loss = new SoftmaxCrossEntropy();
        Ids ids = Ids.of(new int[] {Ids.IGNORED, 0, 3}, new int[] {-2, 1, 1});
        Tensor output = Tensors.variable(Shape.of(N, T, D), random("output", N * T * D, -3, 3));
        assertEquals(4, loss.positions(ids, Spans.full()));
        assertEquals(2, loss.positions(ids, LENGTHS));
        float[] gradient =
                Gradients.of(loss.of(output, ids, Spans.full())).get(output).toFloats();
        for (int i = 0; i < D; i++) {
            assertEquals(0, gradient[i]);
            assertEquals(0, gradient[3 * D + i]);
        }
    }

    @Test
    void messagesSayWhatWasExpected() {
        Loss softmax = new SoftmaxCrossEntropy();
        Tensor output = Tensors.zeros(Shape.of(N, T, D));
        fails(
                "softmax cross-entropy: expected ids as the target, got a tensor of shape (2,3,4)",
                () -> softmax.of(output, output, Spans.full()));
        fails(
                "softmax cross-entropy of (2,3,4) with target ids (2,2): expected (N,T,V) with (N,T), or (N,V) with (N)",
                () -> softmax.of(output, Ids.of(new int[2][2]), Spans.full()));
        fails(
                "softmax cross-entropy: expected target ids (N,T) or (N), got (1,1,1)",
                () -> softmax.of(output, Ids.of(Shape.of(1, 1, 1), 0), Spans.full()));
        fails(
                "id 4 at row 1, step 2 is outside the classes of 4 (0 to 3)",
                () -> softmax.of(output, Ids.of(new int[] {0, 0, 0}, new int[] {0, 0, 4}), Spans.full()));
        fails(
                "id 9 at row 1, step 0 is outside the classes of 4 (0 to 3)",
                () -> softmax.of(Tensors.zeros(Shape.of(2, D)), Ids.of(Shape.of(2), 0, 9), Spans.full()));

        Loss squared = new SquaredError();
        fails(
                "squared error: expected a tensor as the target, got ids of shape (2,3)",
                () -> squared.of(output, Ids.of(new int[2][3]), Spans.full()));
        fails(
                "squared error of (2,3,4) with target (2,3,1): expected the same shape",
                () -> squared.of(output, Tensors.zeros(Shape.of(2, 3, 1)), Spans.full()));
        fails(
                "sigmoid cross-entropy: expected a target (N,T,D) or (N,D), got (4)",
                () -> new SigmoidCrossEntropy()
                        .of(Tensors.zeros(Shape.of(D)), Tensors.zeros(Shape.of(D)), Spans.full()));
    }

    @Test
    void aSureAnswerStillHasALoss() {
        Loss sigmoid = new SigmoidCrossEntropy();
        Tensor sure = Tensors.of(new float[][] {{20, -20}});
        Tensor right = Tensors.of(new float[][] {{1, 0}});
        assertEquals(2.0611536e-9, sigmoid.of(sure, right, Spans.full()).item(), 1e-14);
    }

    @Test
    void whatDoesNotFitQuantilesOrVariancesIsNamed() {
        Tensor series = Tensors.zeros(Shape.of(N, T, 1));
        fails(
                "quantile loss of (2,3,1) with target (2,3,1) and 2 quantiles: expected an output (2,3,2)",
                () -> new Quantile(List.of(0.1, 0.9)).of(series, series, Spans.full()));
        fails(
                "Gaussian likelihood of (2,3,1) with target (2,3,1): expected an output (2,3,2), means and then logarithms of variances",
                () -> new GaussianLikelihood().of(series, series, Spans.full()));
        fails("quantiles: 1.0 is not above 0 and below 1", () -> new Quantile(List.of(0.5, 1.0)));
        fails("quantiles: expected at least one", () -> new Quantile(List.of()));
        fails("delta is 0.0, expected a finite number above 0", () -> new Huber(0.0));
        fails("labelSmoothing is 1.0, expected 0 or more and below 1", () -> new SoftmaxCrossEntropy(1.0));
    }

    /** Small errors keep their digits, and large ones do not overflow. */
    @Test
    void aHuberLossIsExactAtBothEnds() {
        Loss huber = new Huber(1.0);
        Tensor zero = Tensors.of(new float[][] {{0}});
        assertEquals(
                5e-9,
                huber.of(Tensors.of(new float[][] {{1e-4f}}), zero, Spans.full())
                        .item(),
                1e-15);
        assertEquals(
                1e30,
                huber.of(Tensors.of(new float[][] {{-1e30f}}), zero, Spans.full())
                        .item(),
                1e24);
        assertEquals(
                Double.NaN,
                huber.of(Tensors.of(new float[][] {{Float.NaN}}), zero, Spans.full())
                        .item());
    }

    /** The forecast of a quantile that loses least lies above that share of what happens. */
    @Test
    void theBestConstantForecastIsTheQuantile() {
        Tensor series = Tensors.of(Shape.of(1, 11, 1), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        Loss loss = new Quantile(List.of(0.85));
        int best = -1;
        double least = Double.MAX_VALUE;
        for (int forecast = 0; forecast <= 10; forecast++) {
            float[] constant = new float[11];
            Arrays.fill(constant, forecast);
            double value = loss.of(Tensors.of(Shape.of(1, 11, 1), constant), series, Spans.full())
                    .item();
            if (value < least) {
                least = value;
                best = forecast;
            }
        }
        assertEquals(9, best);
    }

    private static void fails(String message, Executable code) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
    }

    /** Position p of (N,T,D) as (1,D), a variable. */
    private static Tensor row(Tensor values, int p) {
        int width = values.shape().columns();
        float[] row = Arrays.copyOfRange(values.toFloats(), p * width, (p + 1) * width);
        return Tensors.variable(Shape.of(1, width), row);
    }

    private static Value position(Value target, int p) {
        return target instanceof Ids ids
                ? Ids.of(Shape.of(1), ids.at(p))
                : row((Tensor) target, p).detach();
    }
}
