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

/**
 * <strong>One time step</strong> of an {@link LSTM} whose output, which is also fed back, is projected to fewer numbers than its memory has.
 *
 * <pre>
 * i, f, o = sigmoid(x_t·Wx + h_{t-1}·Wh + b)   g = tanh(…)      as in LSTM, each of width H
 * c_t = f * c_{t-1} + i * g
 * h_t = (o * tanh(c_t))·Wr
 *
 * x_t (N,D)   c, i, f, g, o (N,H)   h (N,P)   Wx (D,4H)   Wh (P,4H)   b (4H)   Wr (H,P)
 * </pre>
 *
 * <p>It has a large memory at the cost of a small one: the recurrent weight has P·4H numbers instead of H·4H. It is PyTorch's {@code proj_size}.
 * Gates in the order i,f,g,o.
 *
 * <pre>{@code
 * Layer layer = new Time(new ProjectedLSTM(64, 512, 128)).create(params); // (N,T,64) to (N,T,128)
 * }</pre>
 *
 * <p>Cost: N·(4·H·(D+P) + H·P) multiply-adds a step. Source: Sak, Senior and Beaufays, "Long short-term memory recurrent neural network
 * architectures for large scale acoustic modeling", 2014, equations 7 to 12, without peepholes.
 *
 * @param inputs D, the width of the input
 * @param hidden H, the width of the memory c
 * @param projected P, the width of the output h; at most H
 * @param forgetBias see {@link LSTM}
 * @param init the initial values of each gate's block of Wx and Wh, and of Wr; {@link Init#uniform uniform} over ±1/√H by default, as in PyTorch
 */
public record ProjectedLSTM(int inputs, int hidden, int projected, Double forgetBias, Init init) implements CellSpec {
    /** Checks the values; what is null takes its default. */
    public ProjectedLSTM {
        LSTM plain = new LSTM(inputs, hidden, forgetBias, init);
        Spec.atLeast(1, "projected", projected);
        if (projected > hidden) {
            throw new IllegalArgumentException("projected is " + projected + ", expected at most hidden, " + hidden);
        }
        if (init instanceof Init.Gates) {
            throw new IllegalArgumentException("init: expected one for all weights, as Wr has no gates");
        }
        forgetBias = plain.forgetBias();
        init = plain.init();
    }

    /** With the default forget bias and initial values. */
    public ProjectedLSTM(int inputs, int hidden, int projected) {
        this(inputs, hidden, projected, null, null);
    }

    @Override
    public Cell create(Params params) {
        Init weights = Gates.init(init, LSTM.GATES);
        return new Cell(
                params.get("wx", weights, inputs, 4 * hidden),
                params.get("wh", weights, projected, 4 * hidden),
                params.get("b", LSTM.biases(forgetBias), 4 * hidden),
                params.get("wr", init, hidden, projected));
    }

    /**
     * The step with its weights, gates in the order i,f,g,o.
     *
     * @param wx (D,4H)
     * @param wh (P,4H)
     * @param b (4H)
     * @param wr (H,P)
     */
    public record Cell(Tensor wx, Tensor wh, Tensor b, Tensor wr) implements Recurrent {
        @Override
        public List<StatePart> state() {
            return List.of(
                    StatePart.of("h", wr.shape().dim(1)),
                    StatePart.of("c", wr.shape().dim(0)));
        }

        @Override
        public Step step(Tensor x, State previous) {
            int width = wr.shape().dim(0);
            Tensor gates = previous.get("h").matmul(wh).plus(x.matmul(wx)).plus(b);

            Tensor i = gates.columns(0, width).sigmoid();
            Tensor f = gates.columns(width, 2 * width).sigmoid();
            Tensor g = gates.columns(2 * width, 3 * width).tanh();
            Tensor o = gates.columns(3 * width, 4 * width).sigmoid();

            Tensor c = f.times(previous.get("c")).plus(i.times(g));
            Tensor h = o.times(c.tanh()).matmul(wr);
            return new Step(h, State.of("h", h, "c", c));
        }
    }
}
