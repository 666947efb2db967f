package org.rnn4j.layers.sequence;

import org.rnn4j.api.Init;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.layers.cell.GRU;

/**
 * T time steps of {@link GRU} over a window: {@code (N,T,D)} to {@code (N,T,H)}.
 *
 * <pre>
 * h_t = (1 - z) * n + z * h_{t-1}   for t = 0 … T-1
 * </pre>
 *
 * <p>The same as {@link Time} over the cell, with the same parameters: {@code cell.wx (D,3H)}, {@code cell.wh (H,3H)},
 * {@code cell.b (3H)}, gates in the order r,z,n, and {@code cell.bn (H)} if the reset is after the product.
 *
 * <pre>{@code
 * Layer layer = TimeGRU.stateful(64, 128).create(params);
 * Tensor hs = layer.forward(xs, pass);
 * }</pre>
 *
 * <p>Cost: 3·T·N·H·(D+H) multiply-adds a window. Source: see {@link GRU}.
 *
 * @param inputs D, the width of the input
 * @param hidden H, the width of the state and of the output
 * @param reset see {@link GRU}
 * @param init see {@link GRU}
 * @param stateful see {@link Time}
 */
public record TimeGRU(int inputs, int hidden, GRU.Reset reset, Init init, Boolean stateful)
        implements LayerSpec<Layer> {
    /** Checks the values; what is null takes the default that {@link GRU} and {@link Time} name. */
    public TimeGRU {
        GRU cell = new GRU(inputs, hidden, reset, init);
        reset = cell.reset();
        init = cell.init();
        stateful = new Time(cell, stateful).stateful();
    }

    /** Each window starts from zeros. */
    public TimeGRU(int inputs, int hidden) {
        this(inputs, hidden, null, null, null);
    }

    /** Each window continues from the previous one. */
    public static TimeGRU stateful(int inputs, int hidden) {
        return new TimeGRU(inputs, hidden, null, null, true);
    }

    @Override
    public Layer create(Params params) {
        return new Time(new GRU(inputs, hidden, reset, init), stateful).create(params);
    }
}
