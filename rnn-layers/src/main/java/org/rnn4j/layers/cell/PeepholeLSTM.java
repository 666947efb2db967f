package org.rnn4j.layers.cell;

import java.util.List;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.Init;
import org.rnn4j.api.Params;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;

/**
 * <strong>One time step</strong> of an {@link LSTM} whose gates see the memory.
 *
 * <pre>
 * i = sigmoid(x_t·Wx_i + h_{t-1}·Wh_i + p_i * c_{t-1} + b_i)
 * f = sigmoid(x_t·Wx_f + h_{t-1}·Wh_f + p_f * c_{t-1} + b_f)
 * g =    tanh(x_t·Wx_g + h_{t-1}·Wh_g + b_g)
 * c_t = f * c_{t-1} + i * g
 * o = sigmoid(x_t·Wx_o + h_{t-1}·Wh_o + p_o * c_t + b_o)
 * h_t = o * tanh(c_t)
 *
 * x_t (N,D)   h, c, i, f, g, o (N,H)   Wx (D,4H)   Wh (H,4H)   b (4H)   p (3H)
 * </pre>
 *
 * <p>The peepholes {@code p} are side by side in the order i,f,o, the gates in the order i,f,g,o. They help if the task is to learn when to act, as
 * in counting and timing.
 *
 * <pre>{@code
 * Layer layer = new Time(new PeepholeLSTM(64, 128)).create(params);
 * }</pre>
 *
 * <p>Cost: 4·N·H·(D+H) multiply-adds a step. Source: Gers, Schraudolph and Schmidhuber, "Learning precise timing with LSTM recurrent
 * networks", 2002; in this notation Graves, "Generating sequences with recurrent neural networks", 2013, equations 7 to 11.
 *
 * @param inputs D, the width of the input
 * @param hidden H, the width of the two parts of the state
 * @param forgetBias see {@link LSTM}
 * @param init see {@link LSTM}; the peepholes start as zeros, so the cell starts as a plain LSTM
 */
public record PeepholeLSTM(int inputs, int hidden, Double forgetBias, Init init) implements CellSpec {
    /** Checks the values; what is null takes its default. */
    public PeepholeLSTM {
        LSTM plain = new LSTM(inputs, hidden, forgetBias, init);
        forgetBias = plain.forgetBias();
        init = plain.init();
    }

    /** With the default forget bias and initial values. */
    public PeepholeLSTM(int inputs, int hidden) {
        this(inputs, hidden, null, null);
    }

    @Override
    public Cell create(Params params) {
        Init weights = Gates.init(init, LSTM.GATES);
        return new Cell(
                params.get("wx", weights, inputs, 4 * hidden),
                params.get("wh", weights, hidden, 4 * hidden),
                params.get("b", LSTM.biases(forgetBias), 4 * hidden),
                params.get("p", Init.zeros(), 3 * hidden));
    }

    /**
     * The step with its weights, gates in the order i,f,g,o.
     *
     * @param wx (D,4H)
     * @param wh (H,4H)
     * @param b (4H)
     * @param p (3H), the peepholes in the order i,f,o
     */
    public record Cell(Tensor wx, Tensor wh, Tensor b, Tensor p) implements Recurrent {
        @Override
        public List<StatePart> state() {
            int width = wh.shape().dim(0);
            return List.of(StatePart.of("h", width), StatePart.of("c", width));
        }

        @Override
        public Step step(Tensor x, State previous) {
            int width = wh.shape().dim(0);
            Tensor cPrev = previous.get("c");
            Tensor gates = previous.get("h").matmul(wh).plus(x.matmul(wx)).plus(b);

            Tensor i = gates.columns(0, width)
                    .plus(cPrev.times(p.columns(0, width)))
                    .sigmoid();
            Tensor f = gates.columns(width, 2 * width)
                    .plus(cPrev.times(p.columns(width, 2 * width)))
                    .sigmoid();
            Tensor g = gates.columns(2 * width, 3 * width).tanh();
            Tensor c = f.times(cPrev).plus(i.times(g));

            Tensor o = gates.columns(3 * width, 4 * width)
                    .plus(c.times(p.columns(2 * width, 3 * width)))
                    .sigmoid();
            Tensor h = o.times(c.tanh());
            return new Step(h, State.of("h", h, "c", c));
        }
    }
}
