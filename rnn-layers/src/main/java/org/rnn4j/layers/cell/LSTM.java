package org.rnn4j.layers.cell;

import java.util.List;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.Init;
import org.rnn4j.api.Params;
import org.rnn4j.api.Spec;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.op.Fused;
import org.rnn4j.api.op.FusedCell;
import org.rnn4j.api.op.Weight;
import org.rnn4j.layers.sequence.TimeLSTM;

/**
 * <strong>One time step</strong> of the long short-term memory; for a whole sequence, which PyTorch and Keras call an LSTM, use
 * {@link TimeLSTM}.
 *
 * <pre>
 * i = sigmoid(x_t·Wx_i + h_{t-1}·Wh_i + b_i)      what to write
 * f = sigmoid(x_t·Wx_f + h_{t-1}·Wh_f + b_f)      what to keep
 * g =    tanh(x_t·Wx_g + h_{t-1}·Wh_g + b_g)      the new content
 * o = sigmoid(x_t·Wx_o + h_{t-1}·Wh_o + b_o)      what to show
 * c_t = f * c_{t-1} + i * g
 * h_t = o * tanh(c_t)
 *
 * x_t (N,D)   h, c, i, f, g, o (N,H)   Wx (D,4H)   Wh (H,4H)   b (4H)
 * </pre>
 *
 * <p>The four gates are side by side in {@code wx}, {@code wh} and {@code b}, in the order i,f,g,o, as in PyTorch; the book has f,g,i,o.
 *
 * <p>All biases start as zeros. A forget gate that starts open, with a {@code forgetBias} of 1, helps if something must be kept for a long time
 * before anything else can be learnt, as in the adding problem, and hurts elsewhere: {@code docs/initial-values.md} has the figures.
 *
 * <pre>{@code
 * Recurrent lstm = new LSTM(100, 100).create(params);
 * Step step = lstm.step(x, State.of("h", hPrev, "c", cPrev));
 * Tensor c = step.state().get("c");
 * }</pre>
 *
 * <p>Cost: 4·N·H·(D+H) multiply-adds a step. Source: Hochreiter and Schmidhuber, "Long short-term memory", 1997; with the forget gate
 * of Gers, Schmidhuber and Cummins, "Learning to forget", 2000, and without peepholes; for its bias of 1: Jozefowicz, Zaremba and
 * Sutskever, "An empirical exploration of recurrent network architectures", 2015.
 *
 * @param inputs D, the width of the input
 * @param hidden H, the width of the two parts of the state
 * @param forgetBias the initial value of the forget gate's bias; 0 by default
 * @param init the initial values of each gate's block of Wx and Wh, or {@link Init#gates} with one for each; {@link Init#uniform uniform} over ±1/√H
 *     by default, as in PyTorch; the book has {@link Init#lecun}. The other biases start as zeros
 */
public record LSTM(int inputs, int hidden, Double forgetBias, Init init) implements CellSpec {
    static final String GATES = "i,f,g,o";

    /** Checks the values; what is null takes its default. */
    public LSTM {
        Spec.atLeast(1, "inputs", inputs);
        Gates.fit(Spec.atLeast(1, "hidden", hidden), GATES);
        forgetBias = forgetBias == null ? 0 : Spec.finite("forgetBias", forgetBias);
        init = init == null ? Init.uniform(1 / Math.sqrt(hidden)) : init;
        Gates.init(init, GATES);
    }

    /** With the default forget bias and initial values. */
    public LSTM(int inputs, int hidden) {
        this(inputs, hidden, null, null);
    }

    @Override
    public Cell create(Params params) {
        Init weights = Gates.init(init, GATES);
        return new Cell(
                params.get("wx", weights, inputs, 4 * hidden),
                params.get("wh", weights, hidden, 4 * hidden),
                params.get("b", biases(forgetBias), 4 * hidden));
    }

    /** The initial values of the four gates' biases. */
    static Init biases(double forgetBias) {
        return Init.gates(Init.zeros(), Init.constant(forgetBias), Init.zeros(), Init.zeros());
    }

    /**
     * The step with its weights, gates in the order i,f,g,o.
     *
     * @param wx (D,4H)
     * @param wh (H,4H)
     * @param b (4H)
     */
    public record Cell(Tensor wx, Tensor wh, Tensor b) implements FusedCell {
        private int hidden() {
            return wh.shape().dim(0);
        }

        @Override
        public List<StatePart> state() {
            return List.of(StatePart.of("h", hidden()), StatePart.of("c", hidden()));
        }

        @Override
        public Step step(Tensor x, State previous) {
            int width = hidden();
            Tensor hPrev = previous.get("h");
            Tensor cPrev = previous.get("c");
            Tensor gates = hPrev.matmul(wh).plus(x.matmul(wx)).plus(b);

            Tensor i = gates.columns(0, width).sigmoid();
            Tensor f = gates.columns(width, 2 * width).sigmoid();
            Tensor g = gates.columns(2 * width, 3 * width).tanh();
            Tensor o = gates.columns(3 * width, 4 * width).sigmoid();

            Tensor c = f.times(cPrev).plus(i.times(g));
            Tensor h = o.times(c.tanh());
            return new Step(h, State.of("h", h, "c", c));
        }

        @Override
        public Fused fused() {
            return new Fused(new LSTMKernel(Weight.of(wh)), wx, b);
        }
    }
}
