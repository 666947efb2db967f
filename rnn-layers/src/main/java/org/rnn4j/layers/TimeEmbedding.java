package org.rnn4j.layers;

import org.rnn4j.api.IdsLayer;
import org.rnn4j.api.Init;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;

/**
 * {@link Embedding} under the name that the book gives it over time: ids {@code (N,T)} to {@code (N,T,D)}.
 *
 * <p>Source: Saito, "Deep Learning from Scratch 2", chapter 5.
 *
 * @param ids see {@link Embedding}
 * @param width see {@link Embedding}
 * @param init see {@link Embedding}
 */
public record TimeEmbedding(int ids, int width, Init init) implements LayerSpec<IdsLayer> {
    /** Checks the values; an {@code init} of null is the default. */
    public TimeEmbedding {
        init = new Embedding(ids, width, init).init();
    }

    /** With the default initial values. */
    public TimeEmbedding(int ids, int width) {
        this(ids, width, null);
    }

    @Override
    public IdsLayer create(Params params) {
        return new Embedding(ids, width, init).create(params);
    }
}
