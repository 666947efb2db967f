package org.rnn4j.benchmarks.work;

import java.util.stream.IntStream;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Loss;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Tensor;
import org.rnn4j.benchmarks.measure.Minibatches;
import org.rnn4j.core.Carry;
import org.rnn4j.core.Forward;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Window;
import org.rnn4j.core.optim.Adam;
import org.rnn4j.core.optim.Optimizer;
import org.rnn4j.core.optim.Sgd;
import org.rnn4j.core.optim.UpdateRule;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.layers.loss.SoftmaxCrossEntropy;
import org.rnn4j.layers.sequence.TimeLSTM;
import org.rnn4j.layers.sequence.TimeRNN;

/** Trains a language model: workloads W1 (the book's), W2 (characters) and W3 (words). */
public final class LanguageModel {
    private final Size size;
    private final Learning learning;
    private final Model model;
    private final Optimizer optimizer;
    private final Gradients gradients = new Gradients();
    private final Loss loss = new SoftmaxCrossEntropy();
    private final Ids[] x;
    private final Ids[] y;
    private Carry carry = Carry.none();

    /**
     * Its sizes.
     *
     * @param vocabulary V
     * @param inputs D
     * @param hidden H
     * @param rows N
     * @param steps T
     */
    public record Size(int vocabulary, int inputs, int hidden, int rows, int steps) {
        /** N·T. */
        public int tokens() {
            return rows * steps;
        }
    }

    /**
     * How it learns.
     *
     * @param rule of the optimizer
     * @param rate the learning rate
     * @param clip the largest norm of the gradient; 0 for any
     */
    public record Learning(UpdateRule rule, double rate, double clip) {}

    /** The one of a workload's name. */
    public static LanguageModel of(String name) {
        return switch (name) {
            case "W1" ->
                new LanguageModel(new Size(418, 100, 100, 10, 5), new Learning(new Sgd(), 0.1, 0), stateful(100, 100));
            case "W2" -> characters(new Size(65, 128, 128, 50, 50));
            case "W3" ->
                new LanguageModel(
                        new Size(10_000, 650, 650, 20, 35),
                        new Learning(new Sgd(), 20, 0.25),
                        new TimeLSTM(650, 650),
                        new TimeLSTM(650, 650));
            default -> throw new IllegalArgumentException("workload " + name + " is no language model");
        };
    }

    /** W2 of another size: two LSTM layers, Adam. */
    public static LanguageModel characters(Size size) {
        return new LanguageModel(
                size,
                new Learning(new Adam(), 0.002, 5),
                new TimeLSTM(size.inputs, size.hidden),
                new TimeLSTM(size.hidden, size.hidden));
    }

    private static LayerSpec<Layer> stateful(int inputs, int hidden) {
        return TimeRNN.stateful(inputs, hidden);
    }

    @SafeVarargs
    private LanguageModel(Size size, Learning learning, LayerSpec<Layer>... recurrent) {
        this.size = size;
        this.learning = learning;
        ModelSpec.Chain chain = ModelSpec.chain().then("embed", new Embedding(size.vocabulary, size.inputs));
        for (int i = 0; i < recurrent.length; i++) {
            chain.then("recurrent" + i, recurrent[i]);
        }
        chain.then("output", new Affine(size.hidden, size.vocabulary));
        model = Model.create(chain.build(), 1);
        optimizer = new Optimizer(learning.rule, model);
        Minibatches data = Minibatches.of(size.vocabulary, size.rows, size.steps);
        x = ids(data.x());
        y = ids(data.y());
    }

    private Ids[] ids(int[][] batches) {
        Shape shape = Shape.of(size.rows, size.steps);
        return IntStream.range(0, batches.length)
                .mapToObj(b -> Ids.of(shape, batches[b]))
                .toArray(Ids[]::new);
    }

    /** Training step i, and its loss. */
    public float step(int i) {
        Window window = Window.of(x[i % x.length]).with(carry).atStep(i);
        Forward forward = model.forward(window);
        Tensor nats = loss.of(forward.output(), y[i % y.length], Spans.full());
        gradients.refill(nats);
        if (learning.clip > 0) {
            gradients.clip(learning.clip, optimizer.parameters());
        }
        optimizer.step(gradients, learning.rate);
        carry = forward.carry(); // which layers that are not stateful ignore
        return (float) nats.item();
    }

    /** The sizes. */
    public Size size() {
        return size;
    }

    /** What is trained. */
    public Model model() {
        return model;
    }

    /** What trains it. */
    public Optimizer optimizer() {
        return optimizer;
    }
}
