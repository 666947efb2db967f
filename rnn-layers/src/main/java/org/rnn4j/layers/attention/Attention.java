package org.rnn4j.layers.attention;

import java.util.List;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Node;
import org.rnn4j.api.Params;
import org.rnn4j.api.Pass;
import org.rnn4j.api.Value;

/**
 * <strong>One step</strong> of attention to all steps of another sequence: {@code (N,D)} and values {@code (N,T,H)} to {@code (N,H)}; for every
 * step of a window use {@link TimeAttention}.
 *
 * <pre>
 * a = weight(query, values)          (N,T), not negative, adding up to 1 over the valid steps
 * c = Σ_t a_t * values_t             (N,H)
 * </pre>
 *
 * <p>Its outputs are c and the weights; in a graph the weights are {@code attention.weights}. Parameters of the weight have {@code weight} in their
 * paths.
 *
 * <pre>{@code
 * .node("attention", new Attention(64), "encoder.h", "encoder")
 * }</pre>
 *
 * <p>Cost: that of its weight, and N·T·H multiply-adds. Source: see {@link AttentionWeight}, {@link AdditiveWeight} and {@link WeightSum}.
 *
 * @param weight what computes the attention weights: {@link AttentionWeight}, {@link AdditiveWeight}, or a third-party node from query and values to
 *     {@code (N,T)}
 * @param width H, the width of the values
 */
public record Attention(LayerSpec<? extends Node> weight, int width) implements LayerSpec<Node> {
    /** Checks that there is a weight. */
    public Attention {
        new TimeAttention(weight, width);
    }

    /** With the dot product. */
    public Attention(int width) {
        this(new AttentionWeight(width), width);
    }

    @Override
    public Node create(Params params) {
        return create(weight, width, 2, params);
    }

    /** For queries of this many axes. */
    static Node create(LayerSpec<? extends Node> weight, int width, int rank, Params params) {
        Node look = weight.part("weight", params);
        Node sum = new WeightSum(width).create(params);
        return new Node() {
            @Override
            public List<Value> forward(List<Value> inputs, Pass pass) {
                if (inputs.size() != 2 || inputs.get(0).shape().rank() != rank) {
                    throw new IllegalArgumentException("expects a query " + (rank == 2 ? "(N,D)" : "(N,Q,D)")
                            + " and values (N,T," + width + "), got " + Value.shapes(inputs));
                }
                Value weights = pass.within("weight", place -> look.forward(inputs, place))
                        .get(0);
                return List.of(
                        sum.forward(List.of(weights, inputs.get(1)), pass).get(0), weights);
            }

            @Override
            public List<String> outputs() {
                return List.of("output", "weights");
            }
        };
    }
}
