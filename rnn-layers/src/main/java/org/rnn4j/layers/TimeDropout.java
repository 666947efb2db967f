package org.rnn4j.layers;

import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;

/**
 * {@link Dropout} as the book has it over time: every number of {@code (N,T,D)} is drawn alone.
 *
 * <p>Source: Saito, "Deep Learning from Scratch 2", chapter 6.
 *
 * @param rate see {@link Dropout}
 */
public record TimeDropout(double rate) implements LayerSpec<Layer> {
    /** Checks the rate. */
    public TimeDropout {
        Dropout.rate("rate", rate);
    }

    @Override
    public Layer create(Params params) {
        return new Dropout(rate, Dropout.Mask.ELEMENT).create(params);
    }
}
