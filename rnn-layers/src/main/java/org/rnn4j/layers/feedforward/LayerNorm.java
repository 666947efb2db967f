package org.rnn4j.layers.feedforward;

import org.rnn4j.api.Init;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Spec;
import org.rnn4j.api.Tensor;

/**
 * Normalizes the numbers of each position to mean 0 and variance 1, and then applies a learnt gain and bias; the shape does not change.
 *
 * <pre>
 * m = mean(x)   v = mean((x - m)²)                       over the D numbers of a position
 * y = (x - m) / sqrt(v + epsilon) * gain + bias
 *
 * x (N,T,D) or (N,D)   gain (D)   bias (D)
 * </pre>
 *
 * <p>Positions are independent, so the result is the same in training and in streaming, whatever the other rows contain.
 *
 * <pre>{@code
 * Layer norm = new LayerNorm(128).create(params);
 * }</pre>
 *
 * <p>Cost: some ten operations for each number. Source: Ba, Kiros and Hinton, "Layer normalization", 2016, equation 4; epsilon as in PyTorch.
 *
 * @param width D
 * @param epsilon avoids a division by 0 at a position of equal numbers; 1e-5 by default
 */
public record LayerNorm(int width, Double epsilon) implements LayerSpec<Layer> {
    /** Checks the values; an {@code epsilon} of null is the default. */
    public LayerNorm {
        Spec.atLeast(1, "width", width);
        epsilon = epsilon(epsilon);
    }

    /** With the default epsilon. */
    public LayerNorm(int width) {
        this(width, null);
    }

    @Override
    public Layer create(Params params) {
        Tensor gain = params.get("gain", Init.constant(1), width);
        Tensor bias = params.get("bias", Init.zeros(), width);
        return (x, pass) -> {
            if (x.shape().rank() < 2 || x.shape().columns() != width) {
                throw new IllegalArgumentException(
                        "expects (N,T," + width + ") or (N," + width + "), got " + x.shape());
            }
            return normalized(x, epsilon).times(gain).plus(bias);
        };
    }

    /** Checks that the value is above 0 and finite in float32, and returns it; 1e-5 for null. */
    public static double epsilon(Double epsilon) {
        return epsilon == null ? 1e-5 : Spec.positive("epsilon", epsilon);
    }

    /** {@code (x - m) / sqrt(v + epsilon)} for every row, for cells that normalise a part of their sums. */
    public static Tensor normalized(Tensor x, double epsilon) {
        double one = 1.0 / x.shape().columns();
        Tensor centred = x.minus(x.sumColumns().times(one));
        Tensor variance = centred.times(centred).sumColumns().times(one);
        return centred.dividedBy(variance.plus(epsilon).sqrt());
    }
}
