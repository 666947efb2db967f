package org.rnn4j.layers.attention;

import org.rnn4j.api.Init;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Node;
import org.rnn4j.api.Params;
import org.rnn4j.api.Spec;
import org.rnn4j.api.Tensor;

/**
 * Attention weights from a small network, so that queries and values may differ in width and meaning.
 *
 * <pre>
 * s[n,q,t] = tanh(queries[n,q]·Wq + values[n,t]·Wv)·v
 * a[n,q]   = softmax over the valid steps t of s[n,q,t];  exactly 0 at the others
 *
 * queries (N,Q,D)   values (N,T,H)   Wq (D,A)   Wv (H,A)   v (A,1)   a (N,Q,T)
 * </pre>
 *
 * <p>For spans see {@link AttentionWeight}.
 *
 * <pre>{@code
 * LayerSpec<Node> attention = new TimeAttention(new AdditiveWeight(128, 256, 64), 256);
 * }</pre>
 *
 * <p>Cost: N·Q·T·A hyperbolic tangents, and as many numbers in memory. Source: Bahdanau, Cho and Bengio, "Neural machine translation by jointly
 * learning to align and translate", 2015, section A.1.2.
 *
 * @param queryWidth D
 * @param valueWidth H
 * @param hidden A, the width of the small network
 */
public record AdditiveWeight(int queryWidth, int valueWidth, int hidden) implements LayerSpec<Node> {
    /** Checks the widths. */
    public AdditiveWeight {
        Spec.atLeast(1, "queryWidth", queryWidth);
        Spec.atLeast(1, "valueWidth", valueWidth);
        Spec.atLeast(1, "hidden", hidden);
    }

    @Override
    public Node create(Params params) {
        Tensor wq = params.get("wq", Init.lecun(), queryWidth, hidden);
        Tensor wv = params.get("wv", Init.lecun(), valueWidth, hidden);
        Tensor v = params.get("v", Init.lecun(), hidden, 1);
        return new AttentionWeight.Scored(
                values -> values.matmul(wv),
                (queries, keys) -> score(queries.matmul(wq), keys, v),
                queryWidth,
                valueWidth);
    }

    private static Tensor score(Tensor asked, Tensor there, Tensor v) {
        int rows = asked.shape().dim(0);
        int asks = asked.shape().dim(1);
        int steps = there.shape().dim(1);
        int width = asked.shape().dim(2);
        Tensor all = asked.reshape(rows, asks, 1, width).plus(there.reshape(rows, 1, steps, width));
        return all.tanh().matmul(v).reshape(rows, asks, steps);
    }
}
