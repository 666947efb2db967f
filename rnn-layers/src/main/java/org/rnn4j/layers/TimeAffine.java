package org.rnn4j.layers;

import org.rnn4j.api.Init;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.SameAs;

/**
 * {@link Affine} under the name that the book gives it over time: {@code (N,T,D)} to {@code (N,T,V)}.
 *
 * <p>Source: Saito, "Deep Learning from Scratch 2", chapter 5.
 *
 * @param inputs see {@link Affine}
 * @param outputs see {@link Affine}
 * @param weight see {@link Affine}
 * @param init see {@link Affine}
 */
public record TimeAffine(int inputs, int outputs, SameAs weight, Init init) implements LayerSpec<Layer> {
    /** Checks the values; an {@code init} of null is the default. */
    public TimeAffine {
        init = new Affine(inputs, outputs, weight, init).init();
    }

    /** With a weight of its own and the default initial values. */
    public TimeAffine(int inputs, int outputs) {
        this(inputs, outputs, null, null);
    }

    @Override
    public Layer create(Params params) {
        return new Affine(inputs, outputs, weight, init).create(params);
    }
}
