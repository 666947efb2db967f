package org.rnn4j.layers.sequence;

import org.rnn4j.api.Init;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.layers.cell.LSTM;

/**
 * T time steps of {@link LSTM} over a window: {@code (N,T,D)} to {@code (N,T,H)}.
 *
 * <pre>
 * c_t = f * c_{t-1} + i * g,   h_t = o * tanh(c_t)   for t = 0 … T-1
 * </pre>
 *
 * <p>The same as {@link Time} over the cell, with the same parameters: {@code cell.wx (D,4H)}, {@code cell.wh (H,4H)},
 * {@code cell.b (4H)}, gates in the order i,f,g,o.
 *
 * <pre>{@code
 * Layer layer = TimeLSTM.stateful(64, 128).create(params);
 * Tensor hs = layer.forward(xs, pass);
 * }</pre>
 *
 * <p>Cost: 4·T·N·H·(D+H) multiply-adds a window. Source: see {@link LSTM}.
 *
 * @param inputs D, the width of the input
 * @param hidden H, the width of the state and of the output
 * @param forgetBias see {@link LSTM}
 * @param init see {@link LSTM}
 * @param stateful see {@link Time}
 */
public record TimeLSTM(int inputs, int hidden, Double forgetBias, Init init, Boolean stateful)
        implements LayerSpec<Layer> {
    /** Checks the values; what is null takes the default that {@link LSTM} and {@link Time} name. */
    public TimeLSTM {
        LSTM cell = new LSTM(inputs, hidden, forgetBias, init);
        forgetBias = cell.forgetBias();
        init = cell.init();
        stateful = new Time(cell, stateful).stateful();
    }

    /** Each window starts from zeros. */
    public TimeLSTM(int inputs, int hidden) {
        this(inputs, hidden, null, null, null);
    }

    /** Each window continues from the previous one. */
    public static TimeLSTM stateful(int inputs, int hidden) {
        return new TimeLSTM(inputs, hidden, null, null, true);
    }

    @Override
    public Layer create(Params params) {
        return new Time(new LSTM(inputs, hidden, forgetBias, init), stateful).create(params);
    }
}
