package org.rnn4j.layers.attention;

import java.util.List;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Node;
import org.rnn4j.api.Params;
import org.rnn4j.api.Pass;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spec;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;

/**
 * The sum of values by weights: the result of an attention.
 *
 * <pre>
 * c[n,q] = Σ_t weights[n,q,t] * values[n,t]
 *
 * weights (N,Q,T)   values (N,T,H)   c (N,Q,H)       of one step: weights (N,T), c (N,H)
 * </pre>
 *
 * <p>The inputs have separate lengths: values past their row's end count as zeros, whatever they contain, and past the end of the weights the sum is
 * 0.
 *
 * <pre>{@code
 * .node("context", new WeightSum(128), "weights", "encoder")
 * }</pre>
 *
 * <p>Cost: N·Q·T·H multiply-adds. Source: the book's class of this name; Bahdanau, Cho and Bengio, 2015 (see {@link AdditiveWeight}), equation 5.
 *
 * @param width H
 */
public record WeightSum(int width) implements LayerSpec<Node> {
    /** Checks the width. */
    public WeightSum {
        Spec.atLeast(1, "width", width);
    }

    @Override
    public Node create(Params params) {
        return (inputs, pass) -> List.of(sum(inputs, width, pass));
    }

    private static Tensor sum(List<Value> inputs, int width, Pass pass) {
        Tensor values = AttentionWeight.values(inputs, width);
        pass.needsWholeSequence(1);
        int rows = values.shape().dim(0);
        int steps = values.shape().dim(1);
        if (!(inputs.get(0) instanceof Tensor weights)
                || weights.shape().rank() < 2
                || weights.shape().rank() > 3
                || weights.shape().columns() != steps) {
            throw new IllegalArgumentException("expects weights (N,Q," + steps + ") or (N," + steps + ") for values of "
                    + steps + " steps, got " + Value.shapes(inputs));
        }
        Tensor valid = AttentionWeight.valid(values, pass.spans(1).mask(rows, steps), pass);
        if (weights.shape().rank() == 2) {
            return ofOneStep(weights, valid);
        }
        boolean[] asking = pass.spans().mask(rows, weights.shape().dim(1));
        return AttentionWeight.valid(weights, asking, pass).matmul(valid);
    }

    /** By weights {@code (N,T)} of values {@code (N,T,H)} without padding: {@code (N,H)}. */
    static Tensor ofOneStep(Tensor weights, Tensor values) {
        Shape shape = values.shape();
        return weights.reshape(shape.dim(0), 1, shape.dim(1)).matmul(values).reshape(shape.dim(0), shape.columns());
    }
}
