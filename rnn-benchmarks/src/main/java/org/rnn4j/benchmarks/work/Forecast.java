package org.rnn4j.benchmarks.work;

import org.rnn4j.api.Loss;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Tensor;
import org.rnn4j.benchmarks.measure.Sines;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Tensors;
import org.rnn4j.core.Window;
import org.rnn4j.core.optim.Adam;
import org.rnn4j.core.optim.Optimizer;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.loss.SquaredError;
import org.rnn4j.layers.sequence.TimeGRU;

/** Trains a GRU to tell the number that follows a window of a series: workload W4. */
public final class Forecast {
    private static final double RATE = 0.003;

    private final Model model;
    private final Optimizer optimizer;
    private final Gradients gradients = new Gradients();
    private final Loss loss = new SquaredError();
    private final Tensor[] x = new Tensor[Sines.COUNT];
    private final Tensor[] y = new Tensor[Sines.COUNT];

    /**
     * Its sizes.
     *
     * @param hidden H
     * @param rows N
     * @param steps T
     */
    public record Size(int hidden, int rows, int steps) {
        /** W4's. */
        public static final Size STANDARD = new Size(64, 32, 100);

        /** N·T. */
        public int tokens() {
            return rows * steps;
        }
    }

    /** A new model. */
    public Forecast(Size size) {
        model = Model.create(
                ModelSpec.chain()
                        .then("gru", new TimeGRU(1, size.hidden))
                        .then("last", new LastStep())
                        .then("output", new Affine(size.hidden, 1))
                        .build(),
                1);
        optimizer = new Optimizer(new Adam(), model);
        Sines data = Sines.of(size.rows, size.steps);
        for (int b = 0; b < Sines.COUNT; b++) {
            x[b] = Tensors.of(Shape.of(size.rows, size.steps, 1), data.x()[b]);
            y[b] = Tensors.of(Shape.of(size.rows, 1), data.y()[b]);
        }
    }

    /** Training step i, and its loss. */
    public float step(int i) {
        Tensor output = model.forward(Window.of(x[i % x.length]).atStep(i)).output();
        Tensor error = loss.of(output, y[i % y.length], Spans.full());
        gradients.refill(error);
        optimizer.step(gradients, RATE);
        return (float) error.item();
    }
}
