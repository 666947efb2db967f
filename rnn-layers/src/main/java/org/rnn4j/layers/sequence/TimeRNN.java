package org.rnn4j.layers.sequence;

import org.rnn4j.api.Init;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.layers.cell.RNN;

/**
 * T time steps of {@link RNN} over a window: {@code (N,T,D)} to {@code (N,T,H)}.
 *
 * <pre>
 * h_t = tanh(h_{t-1}·Wh + x_t·Wx + b)   for t = 0 … T-1
 * </pre>
 *
 * <p>The same as {@link Time} over the cell, with the same parameters: {@code cell.wx (D,H)}, {@code cell.wh (H,H)}, {@code cell.b (H)}.
 *
 * <pre>{@code
 * Layer layer = TimeRNN.stateful(100, 100).create(params);
 * Tensor hs = layer.forward(xs, pass);
 * }</pre>
 *
 * <p>Cost: T·N·H·(D+H) multiply-adds a window. Source: see {@link RNN}; it is the book's TimeRNN.
 *
 * @param inputs D, the width of the input
 * @param hidden H, the width of the state and of the output
 * @param init see {@link RNN}
 * @param stateful see {@link Time}
 */
public record TimeRNN(int inputs, int hidden, Init init, Boolean stateful) implements LayerSpec<Layer> {
    /** Checks the values; what is null takes the default that {@link RNN} and {@link Time} name. */
    public TimeRNN {
        RNN cell = new RNN(inputs, hidden, init);
        init = cell.init();
        stateful = new Time(cell, stateful).stateful();
    }

    /** Each window starts from zeros. */
    public TimeRNN(int inputs, int hidden) {
        this(inputs, hidden, null, null);
    }

    /** Each window continues from the previous one. */
    public static TimeRNN stateful(int inputs, int hidden) {
        return new TimeRNN(inputs, hidden, null, true);
    }

    @Override
    public Layer create(Params params) {
        return new Time(new RNN(inputs, hidden, init), stateful).create(params);
    }
}
