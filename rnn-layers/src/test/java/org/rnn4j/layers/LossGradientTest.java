package org.rnn4j.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Loss;
import org.rnn4j.api.LossSpec;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Value;
import org.rnn4j.layers.loss.Ctc;
import org.rnn4j.layers.loss.GaussianLikelihood;
import org.rnn4j.layers.loss.Huber;
import org.rnn4j.layers.loss.Quantile;
import org.rnn4j.layers.loss.SigmoidCrossEntropy;
import org.rnn4j.layers.loss.SoftmaxCrossEntropy;
import org.rnn4j.layers.loss.SquaredError;
import org.rnn4j.testkit.DoubleTensor;
import org.rnn4j.testkit.GradientCheck;

/** The losses' gradients in float64, with and without lengths. */
class LossGradientTest {
    private static final Shape SHAPE = Shape.of(3, 4, 2);

    static Stream<Arguments> losses() {
        Ids ids = Ids.of(new int[] {1, 0, 1, 1}, new int[] {0, Ids.IGNORED, 1, 0}, new int[] {0, 0, 1, 0});
        Ids labels = Ids.of(new int[] {1, 1}, new int[] {1, Ids.IGNORED}, new int[] {Ids.IGNORED, 1});
        DoubleTensor target = DoubleTensor.of(SHAPE, uniform("target", 0, 1));
        DoubleTensor narrow = DoubleTensor.of(SHAPE.withColumns(1), Arrays.copyOf(uniform("narrow", 0, 1), 12));
        return Stream.of(Spans.full(), Spans.of(4, 2, 0))
                .flatMap(lengths -> Stream.of(
                        Arguments.of(new SoftmaxCrossEntropy(), ids, lengths),
                        Arguments.of(new SigmoidCrossEntropy(), target, lengths),
                        Arguments.of(new SquaredError(), target, lengths),
                        Arguments.of(new SoftmaxCrossEntropy(0.2), ids, lengths),
                        Arguments.of(new Huber(0.5), target, lengths),
                        Arguments.of(new Quantile(List.of(0.2, 0.7)), narrow, lengths),
                        Arguments.of(new GaussianLikelihood(), narrow, lengths),
                        Arguments.of(new Ctc(), labels, lengths),
                        Arguments.of(new Ctc(0, Ctc.Per.LABEL), labels, lengths)));
    }

    private static double[] uniform(String place, double from, double to) {
        double[] values = new double[SHAPE.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = from + (to - from) * Draws.of(1).at(place).uniform(i);
        }
        return values;
    }

    @ParameterizedTest
    @MethodSource("losses")
    void gradientsAreRight(LossSpec spec, Value target, Spans lengths) {
        Loss loss = spec.create(null);
        DoubleTensor output = DoubleTensor.variable(SHAPE, uniform("output", -2, 2));
        GradientCheck check =
                GradientCheck.of(Map.of("output", output), leaves -> loss.of(leaves.get("output"), target, lengths));
        assertEquals(SHAPE.size(), check.numbers());
    }
}
