package org.rnn4j.layers.sequence;

import java.util.ArrayList;
import java.util.List;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Node;
import org.rnn4j.api.Params;
import org.rnn4j.api.Spec;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;
import org.rnn4j.layers.feedforward.Affine;

/**
 * Combines several states into one, so that a decoder can start from the states of a bidirectional encoder: {@code (N,A)}, {@code (N,B)}, … to
 * {@code (N,H)}.
 *
 * <pre>
 * y = tanh([a, b, …]·W + bias)       W (A+B+…,H), bias (H)
 * </pre>
 *
 * <p>The parameters are {@code weight} and {@code bias}, as those of {@link Affine}. An LSTM has a bridge for h and one for c.
 *
 * <pre>{@code
 * .node("first", new Bridge(2 * H, H), "encoder.forward.h", "encoder.backward.h")
 * }</pre>
 *
 * <p>Cost: (A+B+…)·H multiply-adds for each row. Source: Bahdanau, Cho and Bengio, "Neural machine translation by jointly learning to align and
 * translate", 2015, section A.2.2, where the decoder starts from the state of the backward direction only.
 *
 * @param inputs A+B+…, the widths of all inputs together
 * @param outputs H
 */
public record Bridge(int inputs, int outputs) implements LayerSpec<Node> {
    /** Checks the widths. */
    public Bridge {
        Spec.atLeast(1, "inputs", inputs);
        Spec.atLeast(1, "outputs", outputs);
    }

    @Override
    public Node create(Params params) {
        Layer affine = new Affine(inputs, outputs).create(params);
        return (values, pass) -> {
            List<Tensor> states = new ArrayList<>();
            int width = 0;
            for (Value value : values) {
                if (value instanceof Tensor state && state.shape().rank() == 2) {
                    states.add(state);
                    width += state.shape().columns();
                }
            }
            if (states.isEmpty() || states.size() < values.size() || width != inputs) {
                throw new IllegalArgumentException(
                        "expects states (N,…) of " + inputs + " columns together, got " + Value.shapes(values));
            }
            return List.of(affine.forward(Tensor.join(states), pass).tanh());
        };
    }
}
