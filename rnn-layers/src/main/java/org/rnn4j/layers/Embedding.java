package org.rnn4j.layers;

import org.rnn4j.api.IdsLayer;
import org.rnn4j.api.Init;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Tensor;

/**
 * A vector for every token id: {@code (N,T)} ids to {@code (N,T,D)}.
 *
 * <pre>
 * y[n,t] = W[ids[n,t]]      W (V,D)
 * </pre>
 *
 * <p>The same as a one-hot row times W, without the product: only the rows that occur are read, and only they get a gradient. The
 * parameter is {@code weight}; {@link Affine} can share it.
 *
 * <pre>{@code
 * IdsLayer embed = new Embedding(10_000, 64).create(params);
 * Tensor xs = embed.forward(Ids.of(new int[][] {{3, 1, 4}}), pass); // (1,3,64)
 * }</pre>
 *
 * <p>Cost: no multiply-adds; N·T·D numbers are copied. Source: Bengio et al., "A neural probabilistic language model", 2003.
 *
 * @param ids V, how many ids there are: 0 to V-1
 * @param width D, the width of a vector
 * @param init how W begins; normal with deviation 1 by default, as in PyTorch; the book has 0.01
 */
public record Embedding(int ids, int width, Init init) implements LayerSpec<IdsLayer> {
    /** Checks the sizes; an {@code init} of null is the default. */
    public Embedding {
        LayerSpec.atLeast(1, "ids", ids);
        LayerSpec.atLeast(1, "width", width);
        init = init == null ? Init.normal(1) : init;
    }

    /** With the default initial values. */
    public Embedding(int ids, int width) {
        this(ids, width, null);
    }

    @Override
    public IdsLayer create(Params params) {
        Tensor weight = params.get("weight", init, ids, width);
        return (tokens, pass) -> weight.lookup(tokens);
    }
}
