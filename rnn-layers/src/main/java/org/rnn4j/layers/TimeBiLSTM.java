package org.rnn4j.layers;

import org.rnn4j.api.Init;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;

/**
 * {@link Bidirectional} over {@link LSTM} under the book's name: {@code (N,T,D)} to {@code (N,T,2H)}.
 *
 * <p>The book's can be stateful; this one begins with zeros in every window, for the reason that {@link Bidirectional} gives.
 *
 * <p>Source: Saito, "Deep Learning from Scratch 2", chapter 8.
 *
 * @param inputs see {@link LSTM}
 * @param hidden H of each direction
 * @param forgetBias see {@link LSTM}
 * @param init see {@link LSTM}
 */
public record TimeBiLSTM(int inputs, int hidden, Double forgetBias, Init init) implements LayerSpec<Layer> {
    /** Checks the values; what is null takes its default. */
    public TimeBiLSTM {
        LSTM cell = new LSTM(inputs, hidden, forgetBias, init);
        forgetBias = cell.forgetBias();
        init = cell.init();
    }

    /** With the default forget bias and initial values. */
    public TimeBiLSTM(int inputs, int hidden) {
        this(inputs, hidden, null, null);
    }

    @Override
    public Layer create(Params params) {
        return new Bidirectional(new LSTM(inputs, hidden, forgetBias, init)).create(params);
    }
}
