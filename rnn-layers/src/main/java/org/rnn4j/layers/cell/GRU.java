package org.rnn4j.layers.cell;

import java.util.List;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.Init;
import org.rnn4j.api.Params;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.Spec;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.op.Fused;
import org.rnn4j.api.op.FusedCell;
import org.rnn4j.api.op.Weight;
import org.rnn4j.layers.sequence.TimeGRU;

/**
 * <strong>One time step</strong> of the gated recurrent unit; for a whole sequence, which PyTorch and Keras call a GRU, use
 * {@link TimeGRU}.
 *
 * <pre>
 * r = sigmoid(x_t·Wx_r + h_{t-1}·Wh_r + b_r)                   how much of the past the new content sees
 * z = sigmoid(x_t·Wx_z + h_{t-1}·Wh_z + b_z)                   how much of the past stays
 * n = tanh(x_t·Wx_n + b_n + r * (h_{t-1}·Wh_n + bn))           {@link Reset#AFTER}, the default
 * n = tanh(x_t·Wx_n + b_n + (r * h_{t-1})·Wh_n)                {@link Reset#BEFORE}
 * h_t = (1 - z) * n + z * h_{t-1}
 *
 * x_t (N,D)   h, r, z, n (N,H)   Wx (D,3H)   Wh (H,3H)   b (3H)   bn (H), with AFTER alone
 * </pre>
 *
 * <p>The three gates are side by side in {@code wx}, {@code wh} and {@code b}, in the order r,z,n, as in PyTorch.
 *
 * <p>Both forms share the last equation, PyTorch's. The book has the reset before the product, the order z,r,h, and the update gate
 * the other way round, {@code (1-z)*h + z*n}. Since {@code 1 - sigmoid(a) = sigmoid(-a)}, the book's weights can be converted: put the blocks in the
 * order r,z,n and negate the block z of {@code wx}, {@code wh} and {@code b}.
 *
 * <pre>{@code
 * Recurrent gru = new GRU(100, 100).create(params);
 * Step step = gru.step(x, State.of("h", hPrev));
 * }</pre>
 *
 * <p>Cost: 3·N·H·(D+H) multiply-adds a step. Source: Cho et al., "Learning phrase representations using RNN encoder-decoder", 2014,
 * equations 5 to 8, with the reset before the product; the reset after it, which needs one product instead of two for the state,
 * is the variant of cuDNN, PyTorch and Keras.
 *
 * @param inputs D, the width of the input
 * @param hidden H, the width of the state
 * @param reset where the reset gate is applied; {@link Reset#AFTER} by default
 * @param init the initial values of each gate's block of Wx and Wh, or {@link Init#gates} with one for each; {@link Init#uniform uniform} over ±1/√H
 *     by default, as in PyTorch; the book has {@link Init#lecun}. The biases start as zeros
 */
public record GRU(int inputs, int hidden, Reset reset, Init init) implements CellSpec {
    static final String GATES = "r,z,n";

    /** Where the reset gate is applied. */
    public enum Reset {
        /** {@code (r * h)·Wh_n}, as in the paper and the book. */
        BEFORE,
        /** {@code r * (h·Wh_n + bn)}, as in PyTorch, Keras and cuDNN. */
        AFTER
    }

    /** Checks the values; what is null takes its default. */
    public GRU {
        Spec.atLeast(1, "inputs", inputs);
        Gates.fit(Spec.atLeast(1, "hidden", hidden), GATES);
        reset = reset == null ? Reset.AFTER : reset;
        init = init == null ? Init.uniform(1 / Math.sqrt(hidden)) : init;
        Gates.init(init, GATES);
    }

    /** With the reset after the product and the default initial values. */
    public GRU(int inputs, int hidden) {
        this(inputs, hidden, null, null);
    }

    @Override
    public Recurrent create(Params params) {
        Init weights = Gates.init(init, GATES);
        Tensor wx = params.get("wx", weights, inputs, 3 * hidden);
        Tensor wh = params.get("wh", weights, hidden, 3 * hidden);
        Tensor b = params.get("b", Init.zeros(), 3 * hidden);
        return switch (reset) {
            case AFTER -> new ResetAfter(wx, wh, b, params.get("bn", Init.zeros(), hidden));
            case BEFORE -> new ResetBefore(wx, wh, b);
        };
    }

    /**
     * The step with its weights, gates in the order r,z,n, and the reset after the product.
     *
     * @param wx (D,3H)
     * @param wh (H,3H)
     * @param b (3H)
     * @param bn (H), which the reset gate multiplies, so that it cannot be summed with the last block of b
     */
    public record ResetAfter(Tensor wx, Tensor wh, Tensor b, Tensor bn) implements FusedCell {
        @Override
        public List<StatePart> state() {
            return List.of(StatePart.of("h", bn.shape().dim(0)));
        }

        @Override
        public Step step(Tensor x, State previous) {
            int width = bn.shape().dim(0);
            Tensor hPrev = previous.get("h");
            Tensor ofX = x.matmul(wx).plus(b);
            Tensor ofH = hPrev.matmul(wh);

            Tensor rz =
                    ofX.columns(0, 2 * width).plus(ofH.columns(0, 2 * width)).sigmoid();
            Tensor r = rz.columns(0, width);
            Tensor z = rz.columns(width, 2 * width);
            Tensor n = ofX.columns(2 * width, 3 * width)
                    .plus(r.times(ofH.columns(2 * width, 3 * width).plus(bn)))
                    .tanh();

            return mixed(z, n, hPrev);
        }

        @Override
        public Fused fused() {
            return new Fused(new GRUKernel.ResetAfter(Weight.of(wh), Weight.of(bn)), wx, b);
        }
    }

    /**
     * The step with its weights, gates in the order r,z,n, and the reset before the product.
     *
     * @param wx (D,3H)
     * @param wh (H,3H)
     * @param b (3H)
     */
    public record ResetBefore(Tensor wx, Tensor wh, Tensor b) implements FusedCell {
        @Override
        public List<StatePart> state() {
            return List.of(StatePart.of("h", wh.shape().dim(0)));
        }

        @Override
        public Step step(Tensor x, State previous) {
            int width = wh.shape().dim(0);
            Tensor hPrev = previous.get("h");
            Tensor ofX = x.matmul(wx).plus(b);

            Tensor rz = ofX.columns(0, 2 * width)
                    .plus(hPrev.matmul(wh.columns(0, 2 * width)))
                    .sigmoid();
            Tensor r = rz.columns(0, width);
            Tensor z = rz.columns(width, 2 * width);
            Tensor n = ofX.columns(2 * width, 3 * width)
                    .plus(r.times(hPrev).matmul(wh.columns(2 * width, 3 * width)))
                    .tanh();

            return mixed(z, n, hPrev);
        }

        @Override
        public Fused fused() {
            return new Fused(GRUKernel.ResetBefore.of(wh), wx, b);
        }
    }

    /** {@code h = (1 - z) * n + z * h_prev}. */
    static Step mixed(Tensor z, Tensor n, Tensor hPrev) {
        Tensor h = z.oneMinus().times(n).plus(z.times(hPrev));
        return new Step(h, State.of("h", h));
    }
}
