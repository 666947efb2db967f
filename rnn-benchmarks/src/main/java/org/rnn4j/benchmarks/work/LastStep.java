package org.rnn4j.benchmarks.work;

import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;

/** The last step of a window alone: {@code (N,T,H)} to {@code (N,H)}. */
public record LastStep() implements LayerSpec<Layer> {
    @Override
    public Layer create(Params params) {
        return (x, pass) -> x.step(x.shape().dim(1) - 1);
    }
}
