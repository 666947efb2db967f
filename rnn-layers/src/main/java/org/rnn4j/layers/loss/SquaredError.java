package org.rnn4j.layers.loss;

import org.rnn4j.api.Loss;
import org.rnn4j.api.LossSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;

/**
 * The squared difference between D numbers and their targets at each position.
 *
 * <pre>
 * loss = mean over the numbers of valid positions of  (y - target)²
 * dy   = 2 * (y - target) / numbers
 *
 * y (N,T,D) or (N,D), target the same
 * </pre>
 *
 * <p>There is no factor of one half: the loss is the mean squared error that metrics report.
 *
 * <pre>{@code
 * Loss loss = new SquaredError();
 * Tensor error = loss.of(forecast, series, Spans.full());
 * }</pre>
 *
 * <p>Cost: one multiplication for each number. Source: Gauss, "Theoria motus corporum coelestium", 1809.
 */
public record SquaredError() implements Loss, LossSpec {
    private static final String NAME = "squared error";

    /** The loss itself, which has no parameters. */
    @Override
    public Loss create(Params params) {
        return this;
    }

    @Override
    public Tensor of(Tensor output, Value target, Spans lengths) {
        Tensor wanted = TensorTarget.target(NAME, output, target);
        Positions positions = Positions.ofValues(output.shape(), lengths);
        Tensor error = positions.of(output.minus(wanted));
        return positions.mean(error.times(error));
    }

    @Override
    public long positions(Value target, Spans lengths) {
        return TensorTarget.positions(NAME, target, lengths);
    }
}
