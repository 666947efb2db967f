package org.rnn4j.layers.attention;

import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Node;
import org.rnn4j.api.Params;
import org.rnn4j.api.Spec;
import org.rnn4j.layers.sequence.Decoder;

/**
 * Attention of every step of a window to all steps of another sequence: queries {@code (N,Q,D)} and values {@code (N,T,H)} to {@code (N,Q,H)}. One
 * step is {@link Attention}.
 *
 * <pre>
 * a = weight(queries, values)              (N,Q,T)
 * c[n,q] = Σ_t a[n,q,t] * values[n,t]      (N,Q,H)
 * </pre>
 *
 * <p>Its outputs are c and the weights, {@code attention.weights}, which show where it attended. The two sequences have separate lengths: past the
 * end of the values the weight is exactly 0, so padding has no effect; past the end of the queries the output is 0.
 *
 * <p>All steps are computed at once. After a {@link Decoder} it is the book's AttentionDecoder (RNN4J's {@link AttentionDecoder} attends before each
 * step of its cell, not after it):
 *
 * <pre>{@code
 * .node("decoder", new Decoder(new LSTM(D, H)), "write", "encoder.h", "encoder.c")
 * .node("attention", new TimeAttention(H), "decoder", "encoder")
 * .node("both", new Concat(), "attention", "decoder")
 * .node("output", new Affine(2 * H, V), "both")
 * }</pre>
 *
 * <p>Cost: that of its weight, and N·Q·T·H multiply-adds. Source: Luong, Pham and Manning, 2015 (see {@link AttentionWeight}), section 3.1.
 *
 * @param weight see {@link Attention}
 * @param width H, the width of the values
 */
public record TimeAttention(LayerSpec<? extends Node> weight, int width) implements LayerSpec<Node> {
    /** Checks that there is a weight. */
    public TimeAttention {
        if (weight == null) {
            throw new IllegalArgumentException(
                    "weight: expected how much to look at each step, such as AttentionWeight");
        }
        Spec.atLeast(1, "width", width);
    }

    /** With the dot product. */
    public TimeAttention(int width) {
        this(new AttentionWeight(width), width);
    }

    @Override
    public Node create(Params params) {
        return Attention.create(weight, width, 3, params);
    }
}
