package org.rnn4j.layers.feedforward;

import org.rnn4j.api.Init;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.SameAs;
import org.rnn4j.api.Spec;
import org.rnn4j.api.Tensor;

/**
 * A matrix product and a bias over the innermost axis: {@code (N,T,D)} to {@code (N,T,V)}, and {@code (N,D)} to {@code (N,V)}.
 *
 * <pre>
 * y = x·W + b      W (D,V)   b (V)
 * y = x·Eᵀ + b     E (V,D), the table of an {@link Embedding}, when they share it
 * </pre>
 *
 * <p>The parameters are {@code weight} and {@code bias}. With {@code sameAs}, {@code weight} is another layer's, transposed; both layers add to its
 * gradient.
 *
 * <pre>{@code
 * Layer output = new Affine(64, 10_000).create(params);
 * Layer tied = Affine.sameAs("embed.weight", 64, 10_000).create(params);
 * }</pre>
 *
 * <p>Cost: D·V multiply-adds for each row and step. Source of the sharing: Press and Wolf, "Using the output embedding to improve
 * language models", 2017.
 *
 * @param inputs D, the width of the input
 * @param outputs V, the width of the output
 * @param weight the layer whose weight to use; by default this layer has its own
 * @param init the initial values of W, if it is this layer's own; {@link Init#lecun} by default, as in the book. The bias starts as zeros
 */
public record Affine(int inputs, int outputs, SameAs weight, Init init) implements LayerSpec<Layer> {
    /** Checks the widths; an {@code init} of null is the default. */
    public Affine {
        Spec.atLeast(1, "inputs", inputs);
        Spec.atLeast(1, "outputs", outputs);
        init = init == null ? Init.lecun() : init;
    }

    /** With its own weight and the default initial values. */
    public Affine(int inputs, int outputs) {
        this(inputs, outputs, null, null);
    }

    /** With the table (V,D) of an embedding as its weight, transposed. */
    public static Affine sameAs(String path, int inputs, int outputs) {
        return new Affine(inputs, outputs, new SameAs(path), null);
    }

    @Override
    public Layer create(Params params) {
        if (weight != null) {
            Tensor table = params.shared(weight.sameAs(), outputs, inputs);
            Tensor bias = params.get("bias", Init.zeros(), outputs);
            return (x, pass) -> AffineOp.AFFINE_TRANSPOSED.of(x, table, bias);
        }
        Tensor matrix = params.get("weight", init, inputs, outputs);
        Tensor bias = params.get("bias", Init.zeros(), outputs);
        return (x, pass) -> AffineOp.AFFINE.of(x, matrix, bias);
    }
}
