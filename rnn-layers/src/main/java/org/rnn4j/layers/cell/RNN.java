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
import org.rnn4j.layers.sequence.TimeRNN;

/**
 * <strong>One time step</strong> of the simple recurrent network; for a whole sequence, which PyTorch and Keras call an RNN, use
 * {@link TimeRNN}.
 *
 * <pre>
 * h_t = tanh(h_{t-1}·Wh + x_t·Wx + b)
 *
 * x_t (N,D)   h_{t-1}, h_t (N,H)   Wx (D,H)   Wh (H,H)   b (H)
 * </pre>
 *
 * <p>The step takes the input and the previous hidden state. It returns the new hidden state, which is also its output. The same three parameters
 * {@code wx}, {@code wh} and {@code b} serve every step, so their gradients are sums over all steps.
 *
 * <p><strong>What the backward pass needs from the forward pass.</strong> With {@code a = h_prev·Wh + x·Wx + b} and a gradient {@code dh} of the
 * new state {@code h}:
 *
 * <pre>
 * da  = dh * (1 - h²)        the derivative of tanh, written with its result
 * db  = sum of the rows of da
 * dWx = xᵀ·da                dx      = da·Wxᵀ
 * dWh = h_prevᵀ·da           dh_prev = da·Whᵀ
 * </pre>
 *
 * Three arrays must therefore be kept: {@code x}, {@code h_prev} and the <em>new</em> {@code h}, the result of the tanh. Code that keeps a variable
 * for the next state that it never assigned cannot run backward. Here none of this is written by hand: the tensors remember how they were computed,
 * and keep the same three arrays.
 *
 * <pre>{@code
 * Recurrent rnn = new RNN(100, 100).create(params);
 * Step step = rnn.step(x, State.of("h", hPrev)); // x (N,100), hPrev (N,100)
 * Tensor h = step.output();
 * }</pre>
 *
 * <p>Cost: N·H·(D+H) multiply-adds a step. Source: Elman, "Finding structure in time", 1990; in this notation Saito, "Deep Learning
 * from Scratch 2", chapter 5.
 *
 * @param inputs D, the width of the input
 * @param hidden H, the width of the state
 * @param init the initial values of Wx and Wh; {@link Init#uniform uniform} over ±1/√H by default, as in
 *     PyTorch; the book has {@link Init#lecun}. b starts as zeros
 */
public record RNN(int inputs, int hidden, Init init) implements CellSpec {
    /** Checks the widths; an {@code init} of null is the default. */
    public RNN {
        Spec.atLeast(1, "inputs", inputs);
        Spec.atLeast(1, "hidden", hidden);
        init = init == null ? Init.uniform(1 / Math.sqrt(hidden)) : init;
    }

    /** With the default initial values. */
    public RNN(int inputs, int hidden) {
        this(inputs, hidden, null);
    }

    @Override
    public Cell create(Params params) {
        return new Cell(
                params.get("wx", init, inputs, hidden),
                params.get("wh", init, hidden, hidden),
                params.get("b", Init.zeros(), hidden));
    }

    /**
     * The step with its weights.
     *
     * @param wx (D,H)
     * @param wh (H,H)
     * @param b (H)
     */
    public record Cell(Tensor wx, Tensor wh, Tensor b) implements FusedCell {
        @Override
        public List<StatePart> state() {
            return List.of(StatePart.of("h", wh.shape().dim(0)));
        }

        @Override
        public Step step(Tensor x, State previous) {
            Tensor hPrev = previous.get("h");
            Tensor h = hPrev.matmul(wh).plus(x.matmul(wx)).plus(b).tanh();
            return new Step(h, State.of("h", h));
        }

        @Override
        public Fused fused() {
            return new Fused(new RNNKernel(Weight.of(wh)), wx, b);
        }
    }
}
