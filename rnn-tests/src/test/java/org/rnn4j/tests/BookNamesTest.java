package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Ids;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Loss;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;
import org.rnn4j.core.Forward;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Tensors;
import org.rnn4j.core.Window;
import org.rnn4j.layers.Affine;
import org.rnn4j.layers.Bidirectional;
import org.rnn4j.layers.Dropout;
import org.rnn4j.layers.Embedding;
import org.rnn4j.layers.LSTM;
import org.rnn4j.layers.TimeAffine;
import org.rnn4j.layers.TimeBiLSTM;
import org.rnn4j.layers.TimeDropout;
import org.rnn4j.layers.TimeEmbedding;
import org.rnn4j.layers.loss.SigmoidCrossEntropy;
import org.rnn4j.layers.loss.SoftmaxCrossEntropy;
import org.rnn4j.layers.loss.TimeSigmoidWithLoss;
import org.rnn4j.layers.loss.TimeSoftmaxWithLoss;

/** The book's names stand for layers and losses that have other names here: the same numbers, forward and backward, bit for bit. */
class BookNamesTest {
    private static final int N = 2;
    private static final int T = 3;
    private static final Spans LENGTHS = Spans.of(3, 1);

    @Test
    void layersOverTime() {
        same(new TimeAffine(4, 5), new Affine(4, 5), numbers(4));
        same(new TimeBiLSTM(4, 5), new Bidirectional(new LSTM(4, 5)), numbers(4));
        same(new TimeDropout(0.5), new Dropout(0.5, Dropout.Mask.ELEMENT), numbers(4));
        same(new TimeEmbedding(7, 4), new Embedding(7, 4), ids(7));
    }

    @Test
    void losses() {
        same(new TimeSoftmaxWithLoss().create(null), new SoftmaxCrossEntropy(), ids(4));
        same(new TimeSigmoidWithLoss().create(null), new SigmoidCrossEntropy(), numbers(4));
    }

    private static void same(LayerSpec<?> theirs, LayerSpec<?> ours, Value input) {
        Model first = model(theirs);
        Model second = model(ours);
        Gradients firstGradients = run(first, input);
        Gradients secondGradients = run(second, input);
        assertEquals(names(second), names(first));
        for (int i = 0; i < first.parameters().size(); i++) {
            assertArrayEquals(
                    secondGradients.get(second.parameters().get(i)).toFloats(),
                    firstGradients.get(first.parameters().get(i)).toFloats());
        }
        if (input instanceof Tensor x) {
            assertArrayEquals(
                    secondGradients.get(x).toFloats(), firstGradients.get(x).toFloats());
        }
        assertArrayEquals(output(second, input), output(first, input));
    }

    private static Model model(LayerSpec<?> layer) {
        return Model.create(ModelSpec.chain().then("layer", layer).build(), 1);
    }

    private static List<String> names(Model model) {
        return model.parameters().stream().map(parameter -> parameter.name()).toList();
    }

    private static Gradients run(Model model, Value input) {
        Forward forward = model.forward(Window.of(input).with(LENGTHS));
        return Gradients.of(forward.output().times(forward.output()).sum());
    }

    private static float[] output(Model model, Value input) {
        return model.forward(Window.of(input).with(LENGTHS)).output().toFloats();
    }

    private static void same(Loss theirs, Loss ours, Value target) {
        Tensor scores = numbers(4);
        Tensor first = theirs.of(scores, target, LENGTHS);
        Tensor second = ours.of(scores, target, LENGTHS);
        assertEquals(second.item(), first.item());
        assertArrayEquals(
                Gradients.of(second).get(scores).toFloats(),
                Gradients.of(first).get(scores).toFloats());
        assertEquals(ours.positions(target, LENGTHS), theirs.positions(target, LENGTHS));
    }

    private static Tensor numbers(int width) {
        float[] values = new float[N * T * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Draws.of(1).uniform(i);
        }
        return Tensors.variable(Shape.of(N, T, width), values);
    }

    private static Ids ids(int limit) {
        int[] values = new int[N * T];
        for (int i = 0; i < values.length; i++) {
            values[i] = Draws.of(2).below(i, limit);
        }
        return Ids.of(Shape.of(N, T), values);
    }
}
