package org.rnn4j.layers.attention;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Node;
import org.rnn4j.api.Params;
import org.rnn4j.api.Pass;
import org.rnn4j.api.QueryNode;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Spec;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;

/**
 * Attention weights from the dot product of queries and values.
 *
 * <pre>
 * s[n,q,t] = scale * Σ_h queries[n,q,h] * values[n,t,h]
 * a[n,q]   = softmax over the valid steps t of s[n,q,t];  exactly 0 at the others
 *
 * queries (N,Q,H)   values (N,T,H)   a (N,Q,T)       of one step: queries (N,H), a (N,T)
 * </pre>
 *
 * <p>The inputs have separate lengths: steps past the end of the values are ignored, whatever they contain, and past the end of the queries all
 * weights are 0. The weights of a row without a valid step are 0 too. In a session queries may be streamed; values are given.
 *
 * <pre>{@code
 * Node weight = AttentionWeight.scaled(64).create(params);
 * }</pre>
 *
 * <p>Cost: N·Q·T·H multiply-adds. Source: Luong, Pham and Manning, "Effective approaches to attention-based neural machine translation", 2015,
 * equation 8, "dot", as in the book; scaled: Vaswani et al., "Attention is all you need", 2017, equation 1.
 *
 * @param width H
 * @param scale what the products are multiplied by; 1 by default
 */
public record AttentionWeight(int width, Double scale) implements LayerSpec<Node> {
    /** A score this low has the weight 0 if any other score is not as low. */
    private static final float NEVER = -1e30f;

    /** Checks the values; a {@code scale} of null is the default. */
    public AttentionWeight {
        Spec.atLeast(1, "width", width);
        scale = scale == null ? 1 : Spec.positive("scale", scale);
    }

    /** The dot product itself. */
    public AttentionWeight(int width) {
        this(width, null);
    }

    /** The dot product times {@code 1/√H}, so that its variance does not grow with H. */
    public static AttentionWeight scaled(int width) {
        return new AttentionWeight(width, 1 / Math.sqrt(Spec.atLeast(1, "width", width)));
    }

    @Override
    public Node create(Params params) {
        return new Scored(
                values -> values,
                (queries, values) -> {
                    Tensor scores = queries.matmulTransposed(values);
                    return scale == 1 ? scores : scores.times(scale);
                },
                width,
                width);
    }

    /** Scores {@code (N,Q,T)} of queries {@code (N,Q,…)} and keys {@code (N,T,…)} without padding. */
    @FunctionalInterface
    interface Score {
        /** Scores every query with every key of its row. */
        Tensor of(Tensor queries, Tensor keys);
    }

    /**
     * Weights from any scores.
     *
     * @param toKeys computes the keys, with which queries are compared, from the values
     */
    record Scored(UnaryOperator<Tensor> toKeys, Score score, int queryWidth, int valueWidth) implements QueryNode {
        @Override
        public List<Value> forward(List<Value> inputs, Pass pass) {
            Tensor values = values(inputs, valueWidth);
            return List.of(ask(queries(inputs, queryWidth), keys(values, pass), pass));
        }

        @Override
        public Tensor keys(Tensor values, Pass pass) {
            pass.needsWholeSequence(1);
            Shape shape = values.shape();
            return toKeys.apply(valid(values, pass.spans(1).mask(shape.dim(0), shape.dim(1)), pass));
        }

        /** The attention weights of each query over the steps. */
        @Override
        public Tensor ask(Tensor queries, Tensor keys, Pass pass) {
            Shape asked = queries.shape();
            int rows = keys.shape().dim(0);
            int steps = keys.shape().dim(1);
            boolean oneStep = asked.rank() == 2;
            int asks = oneStep ? 1 : asked.dim(1);
            boolean[] asking = (oneStep ? Spans.full() : pass.spans()).mask(rows, asks);
            boolean[] there = pass.spans(1).mask(rows, steps);
            boolean[] looked = new boolean[rows * asks * steps];
            for (int i = 0; i < looked.length; i++) {
                int row = i / steps / asks;
                looked[i] = asking[i / steps] && there[row * steps + i % steps];
            }
            Tensor scores =
                    score.of(valid(oneStep ? queries.reshape(rows, 1, asked.columns()) : queries, asking, pass), keys);
            Tensor weights = scores;
            if (!pass.spans(1).isFull() || !(oneStep || pass.spans().isFull())) {
                float[] never = new float[looked.length];
                Arrays.fill(never, NEVER);
                weights = weights.where(looked, scores.constant(scores.shape(), never));
            }
            weights = valid(weights.logSoftmax().exp(), looked, pass);
            return oneStep ? weights.reshape(rows, steps) : weights;
        }

        private static Tensor queries(List<Value> inputs, int width) {
            if (inputs.size() != 2
                    || !(inputs.get(0) instanceof Tensor queries)
                    || queries.shape().rank() < 2
                    || queries.shape().rank() > 3
                    || queries.shape().columns() != width) {
                throw new IllegalArgumentException("expects queries (N,Q," + width + ") or (N," + width
                        + "), and then values, got " + Value.shapes(inputs));
            }
            return queries;
        }
    }

    /** The second input, checked to be {@code (N,T,width)} with the rows of the first. */
    static Tensor values(List<Value> inputs, int width) {
        if (inputs.size() != 2
                || !(inputs.get(1) instanceof Tensor values)
                || values.shape().rank() != 3
                || values.shape().columns() != width
                || values.shape().dim(0) != inputs.get(0).shape().dim(0)) {
            throw new IllegalArgumentException("expects values (N,T," + width
                    + ") as the second input, with the rows of the first, got " + Value.shapes(inputs));
        }
        return values;
    }

    /** The numbers of valid positions, and zeros elsewhere. */
    static Tensor valid(Tensor x, boolean[] valid, Pass pass) {
        for (boolean one : valid) {
            if (!one) {
                return x.where(valid, pass.zeros(x.shape()));
            }
        }
        return x;
    }
}
