package org.rnn4j.layers.loss;

import org.rnn4j.api.Loss;
import org.rnn4j.api.LossSpec;
import org.rnn4j.api.Params;

/**
 * {@link SigmoidCrossEntropy} under the book's name: scores and targets {@code (N,T,D)}.
 *
 * <p>The mean over rows and steps, as in the book. Source: Saito, "Deep Learning from Scratch 2", common/time_layers.
 */
public record TimeSigmoidWithLoss() implements LossSpec {
    @Override
    public Loss create(Params params) {
        return new SigmoidCrossEntropy();
    }
}
