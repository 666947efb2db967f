package org.rnn4j.layers.feedforward;

import org.rnn4j.api.Ids;
import org.rnn4j.api.IdsLayer;
import org.rnn4j.api.Init;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Pass;
import org.rnn4j.api.Spec;
import org.rnn4j.api.Tensor;

/**
 * A vector for every token id: {@code (N,T)} ids to {@code (N,T,D)}.
 *
 * <pre>
 * y[n,t] = W[ids[n,t]]      W (V,D)
 * </pre>
 *
 * <p>It equals the product of one-hot rows and W, without the product: only the rows that occur are read, and only they get a gradient. The
 * parameter is {@code weight}; {@link Affine} can share it.
 *
 * <pre>{@code
 * IdsLayer embed = new Embedding(10_000, 64).create(params);
 * Tensor xs = embed.forward(Ids.of(new int[][] {{3, 1, 4}}), pass); // (1,3,64)
 * }</pre>
 *
 * <p>With {@code dropout}, whole words are dropped in training: an id that is drawn gives zeros wherever it occurs in the window, and the other
 * vectors are scaled up.
 *
 * <p>Cost: no multiply-adds; N·T·D numbers are copied. Source: Bengio et al., "A neural probabilistic language model", 2003;
 * dropout of words: Gal and Ghahramani, "A theoretically grounded application of dropout in recurrent neural networks", 2016, section 4.2.
 *
 * @param ids V, the number of ids: 0 to V-1
 * @param width D, the width of a vector
 * @param init the initial values of W; normal with deviation 1 by default, as in PyTorch; the book has 0.01
 * @param dropout the probability that an id is dropped, from 0 to below 1; 0 by default
 */
public record Embedding(int ids, int width, Init init, Double dropout) implements LayerSpec<IdsLayer> {
    /** Checks the values; what is null takes its default. */
    public Embedding {
        Spec.atLeast(1, "ids", ids);
        Spec.atLeast(1, "width", width);
        init = init == null ? Init.normal(1) : init;
        dropout = Spec.rate("dropout", dropout == null ? 0 : dropout);
    }

    /** With the default initial values and without dropout. */
    public Embedding(int ids, int width) {
        this(ids, width, null);
    }

    /** Without dropout. */
    public Embedding(int ids, int width, Init init) {
        this(ids, width, init, null);
    }

    @Override
    public IdsLayer create(Params params) {
        Tensor weight = params.get("weight", init, ids, width);
        if (!params.training() || dropout == 0) {
            return (tokens, pass) -> weight.lookup(tokens);
        }
        return (tokens, pass) -> {
            Tensor x = weight.lookup(tokens);
            return x.times(x.constant(tokens.shape().over(1), factors(tokens, pass)));
        };
    }

    private float[] factors(Ids tokens, Pass pass) {
        float[] factors = new float[tokens.shape().size()];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = pass.draws().dropout(dropout, tokens.at(i));
        }
        return factors;
    }
}
