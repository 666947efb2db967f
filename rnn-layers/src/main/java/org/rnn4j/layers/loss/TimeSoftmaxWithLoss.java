package org.rnn4j.layers.loss;

import org.rnn4j.api.Loss;
import org.rnn4j.api.LossSpec;
import org.rnn4j.api.Params;

/**
 * {@link SoftmaxCrossEntropy} under the book's name: scores {@code (N,T,V)} with target ids {@code (N,T)}, of which -1 does not count.
 *
 * <p>Where no target counts, the book divides by 0; this gives 0 with gradient 0. Source: Saito, "Deep Learning from Scratch 2", chapter 5.
 */
public record TimeSoftmaxWithLoss() implements LossSpec {
    @Override
    public Loss create(Params params) {
        return new SoftmaxCrossEntropy();
    }
}
