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
 * <strong>One time step</strong> of an {@link RNN} that normalizes the sum of its products, so that its scale does not grow or fade over time.
 *
 * <pre>
 * h_t = tanh(norm(h_{t-1}·Wh + x_t·Wx) * gain + b)      norm(a) = (a - mean(a)) / sqrt(var(a) + epsilon), as in LayerNorm
 *
 * x_t (N,D)   h (N,H)   Wx (D,H)   Wh (H,H)   gain, b (H)
 * </pre>
 *
 * <pre>{@code
 * Layer layer = new Time(new LayerNormRNN(64, 128)).create(params);
 * }</pre>
 *
 * <p>Cost: N·H·(D+H) multiply-adds a step, and some ten operations for each of the N·H numbers. Source: Ba, Kiros and Hinton, "Layer
 * normalization", 2016, equation 4.
 *
 * @param inputs D, the width of the input
 * @param hidden H, the width of the state
 * @param epsilon see {@link LayerNorm}
 * @param init see {@link RNN}; the gain begins as ones
 */
public record LayerNormRNN(int inputs, int hidden, Double epsilon, Init init) implements CellSpec {
    /** Checks the values; what is null takes its default. */
    public LayerNormRNN {
        init = new RNN(inputs, hidden, init).init();
        epsilon = LayerNorm.epsilon(epsilon);
    }

    /** With the default epsilon and initial values. */
    public LayerNormRNN(int inputs, int hidden) {
        this(inputs, hidden, null, null);
    }

    @Override
    public Cell create(Params params) {
        return new Cell(
                params.get("wx", init, inputs, hidden),
                params.get("wh", init, hidden, hidden),
                params.get("gain", Init.constant(1), hidden),
                params.get("b", Init.zeros(), hidden),
                epsilon);
    }

    /**
     * The step with its weights.
     *
     * @param wx (D,H)
     * @param wh (H,H)
     * @param gain (H)
     * @param b (H)
     * @param epsilon avoids a division by 0 if all numbers are equal
     */
    public record Cell(Tensor wx, Tensor wh, Tensor gain, Tensor b, double epsilon) implements Recurrent {
        @Override
        public List<StatePart> state() {
            return List.of(StatePart.of("h", wh.shape().dim(0)));
        }

        @Override
        public Step step(Tensor x, State previous) {
            Tensor a = previous.get("h").matmul(wh).plus(x.matmul(wx));
            Tensor h = LayerNorm.normalized(a, epsilon).times(gain).plus(b).tanh();
            return new Step(h, State.of("h", h));
        }
    }
}
