package org.rnn4j.layers.loss;

import org.rnn4j.api.Loss;
import org.rnn4j.api.LossSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;

/**
 * How surprised a model is by D independent yes-or-no answers at each position, in nats.
 *
 * <pre>
 * p    = sigmoid(y)
 * loss = mean over the numbers of valid positions of  -(target * log p + (1 - target) * log(1 - p))
 *      = mean of  target * softplus(-y) + (1 - target) * softplus(y),   which cannot overflow
 * dy   = (p - target) / numbers
 *
 * y (N,T,D) or (N,D), target the same, from 0 to 1
 * </pre>
 *
 * <p>The output is the scores before the sigmoid.
 *
 * <pre>{@code
 * Loss loss = new SigmoidCrossEntropy();
 * Tensor nats = loss.of(scores, answers, Spans.full());
 * }</pre>
 *
 * <p>Cost: two exponentials for each score. Source: Cox, "The regression analysis of binary sequences", 1958.
 */
public record SigmoidCrossEntropy() implements Loss, LossSpec {
    private static final String NAME = "sigmoid cross-entropy";

    /** The loss itself, which has no parameters. */
    @Override
    public Loss create(Params params) {
        return this;
    }

    @Override
    public Tensor of(Tensor output, Value target, Spans lengths) {
        Tensor wanted = TensorTarget.target(NAME, output, target);
        Positions positions = Positions.ofValues(output.shape(), lengths);
        // Both masked before anything is computed, so that no NaN can come back as a gradient.
        Tensor y = positions.of(output);
        Tensor yes = positions.of(wanted);
        Tensor each = yes.times(y.times(-1).softplus()).plus(yes.oneMinus().times(y.softplus()));
        return positions.mean(positions.of(each));
    }

    @Override
    public long positions(Value target, Spans lengths) {
        return TensorTarget.positions(NAME, target, lengths);
    }
}
