package org.rnn4j.layers.regularisation;

import java.util.Arrays;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Pass;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spec;
import org.rnn4j.api.Tensor;

/**
 * Penalizes large activations, and activations that change fast, in training; the output is the input.
 *
 * <pre>
 * y = x
 * penalty = activation * mean(x²) + change * mean((x_t - x_{t-1})²)      added to the loss in training
 * </pre>
 *
 * <p>The means are over the numbers of valid steps, and over those of two valid steps of one sequence that follow each other. The loss that a trainer
 * reports does not include the penalty. {@code activation} is usually applied after the dropout of a recurrent layer's output, and {@code change}
 * before it.
 *
 * <pre>{@code
 * Map<String, LayerSpec<?>> layers = new LinkedHashMap<>();
 * layers.put("lstm", TimeLSTM.stateful(64, 128));
 * layers.put("slow", new ActivationPenalty(0, 1));
 * layers.put("drop", new Dropout(0.4));
 * layers.put("small", new ActivationPenalty(2, 0));
 * }</pre>
 *
 * <p>Cost: two copies of the window and some four operations for each number. Source: Merity, McCann and Socher, "Revisiting activation regularization
 * for language RNNs", 2017, sections 3.1 and 3.2.
 *
 * @param activation the weight of the squares; 0 or more
 * @param change the weight of the squares of changes; 0 or more
 */
public record ActivationPenalty(double activation, double change) implements LayerSpec<Layer> {
    /** Checks the weights. */
    public ActivationPenalty {
        Spec.notNegative("activation", activation);
        Spec.notNegative("change", change);
    }

    @Override
    public Layer create(Params params) {
        if (!params.training()) {
            return (x, pass) -> x;
        }
        return (x, pass) -> {
            Shape shape = x.shape().window();
            Tensor steps = x.reshape(shape.rows(), shape.columns());
            Ids first = steps(shape, pass, 0);
            if (activation > 0 && first.shape().size() > 0) {
                pass.penalize(meanOfSquares(steps.lookup(first)).times(activation));
            }
            Ids before = steps(shape, pass, 1);
            if (change > 0 && before.shape().size() > 0) {
                Tensor changes = steps.lookup(after(before)).minus(steps.lookup(before));
                pass.penalize(meanOfSquares(changes).times(change));
            }
            return x;
        };
    }

    private static Tensor meanOfSquares(Tensor x) {
        return x.times(x).sum().times(1.0 / x.shape().size());
    }

    /** The positions in {@code (N·T)} of the valid steps that are followed by {@code followers} valid steps of the same sequence. */
    private static Ids steps(Shape window, Pass pass, int followers) {
        int rows = window.dim(0);
        int steps = window.dim(1);
        int[] found = new int[rows * steps];
        int count = 0;
        for (int n = 0; n < rows; n++) {
            int valid = pass.spans().validSteps(n, steps);
            for (int t = 0; t + followers < valid; t++) {
                if (followers == 0 || !pass.spans().begins(n, t + 1)) {
                    found[count++] = n * steps + t;
                }
            }
        }
        return Ids.of(Shape.of(1, count), Arrays.copyOf(found, count));
    }

    private static Ids after(Ids steps) {
        return Ids.of(
                steps.shape(), Arrays.stream(steps.toArray()).map(i -> i + 1).toArray());
    }
}
