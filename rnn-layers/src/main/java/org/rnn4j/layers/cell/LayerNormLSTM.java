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
import org.rnn4j.layers.feedforward.LayerNorm;

/**
 * <strong>One time step</strong> of an {@link LSTM} that normalizes both products and the memory in its output.
 *
 * <pre>
 * a = norm(x_t·Wx) * gx + norm(h_{t-1}·Wh) * gh + b      norm over all 4H numbers, as in LayerNorm
 * i, f, o = sigmoid of their columns of a,   g = tanh of its own
 * c_t = f * c_{t-1} + i * g
 * h_t = o * tanh(norm(c_t) * gc + bc)
 *
 * x_t (N,D)   h, c (N,H)   Wx (D,4H)   Wh (H,4H)   gx, gh, b (4H)   gc, bc (H)
 * </pre>
 *
 * <p>Gates in the order i,f,g,o.
 *
 * <pre>{@code
 * Layer layer = new Time(new LayerNormLSTM(64, 128)).create(params);
 * }</pre>
 *
 * <p>Cost: 4·N·H·(D+H) multiply-adds a step, and some ten operations for each of 9·N·H numbers. Source: Ba, Kiros and Hinton, "Layer
 * normalization", 2016, equations 20 to 22.
 *
 * @param inputs D, the width of the input
 * @param hidden H, the width of the two parts of the state
 * @param forgetBias see {@link LSTM}
 * @param epsilon see {@link LayerNorm}
 * @param init see {@link LSTM}; gains begin as ones
 */
public record LayerNormLSTM(int inputs, int hidden, Double forgetBias, Double epsilon, Init init) implements CellSpec {
    /** Checks the values; what is null takes its default. */
    public LayerNormLSTM {
        LSTM plain = new LSTM(inputs, hidden, forgetBias, init);
        forgetBias = plain.forgetBias();
        epsilon = LayerNorm.epsilon(epsilon);
        init = plain.init();
    }

    /** With the default forget bias, epsilon and initial values. */
    public LayerNormLSTM(int inputs, int hidden) {
        this(inputs, hidden, null, null, null);
    }

    @Override
    public Recurrent create(Params params) {
        Init weights = Gates.init(init, LSTM.GATES);
        Init ones = Init.constant(1);
        return new Cell(
                params.get("wx", weights, inputs, 4 * hidden),
                params.get("wh", weights, hidden, 4 * hidden),
                params.get("b", LSTM.biases(forgetBias), 4 * hidden),
                params.get("gx", ones, 4 * hidden),
                params.get("gh", ones, 4 * hidden),
                params.get("gc", ones, hidden),
                params.get("bc", Init.zeros(), hidden),
                epsilon);
    }

    private record Cell(Tensor wx, Tensor wh, Tensor b, Tensor gx, Tensor gh, Tensor gc, Tensor bc, double epsilon)
            implements Recurrent {
        @Override
        public List<StatePart> state() {
            int width = wh.shape().dim(0);
            return List.of(StatePart.of("h", width), StatePart.of("c", width));
        }

        private Tensor norm(Tensor a) {
            return LayerNorm.normalized(a, epsilon);
        }

        @Override
        public Step step(Tensor x, State previous) {
            int width = wh.shape().dim(0);
            Tensor ofX = norm(x.matmul(wx)).times(gx);
            Tensor ofH = norm(previous.get("h").matmul(wh)).times(gh);
            Tensor a = ofX.plus(ofH).plus(b);

            Tensor i = a.columns(0, width).sigmoid();
            Tensor f = a.columns(width, 2 * width).sigmoid();
            Tensor g = a.columns(2 * width, 3 * width).tanh();
            Tensor o = a.columns(3 * width, 4 * width).sigmoid();

            Tensor c = f.times(previous.get("c")).plus(i.times(g));
            Tensor h = o.times(norm(c).times(gc).plus(bc).tanh());
            return new Step(h, State.of("h", h, "c", c));
        }
    }
}
