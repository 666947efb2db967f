package org.rnn4j.layers.loss;

import org.rnn4j.api.Loss;
import org.rnn4j.api.LossSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Spec;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;

/**
 * Quadratic for small errors and linear for large ones, so that the gradient of an outlier is bounded.
 *
 * <pre>
 * e    = y - target
 * loss = mean over the numbers of valid positions of  e² / 2                   where |e| &lt;= delta
 *                                                     delta * (|e| - delta/2)  elsewhere
 * dy   = e, but not below -delta and not above delta, / numbers
 *
 * y (N,T,D) or (N,D), target the same
 * </pre>
 *
 * <p>The factor of one half is the paper's and PyTorch's; {@link SquaredError} has none.
 *
 * <pre>{@code
 * Loss loss = new Huber(1.0);
 * Tensor error = loss.of(forecast, series, Spans.full());
 * }</pre>
 *
 * <p>Cost: a few multiplications for each number. Source: Huber, "Robust estimation of a location parameter", 1964.
 *
 * @param delta the size from which an error counts as large, in the unit of the target; 1 by default
 */
public record Huber(Double delta) implements Loss, LossSpec {
    private static final String NAME = "Huber loss";

    /** Checks the value; null is the default. */
    public Huber {
        delta = delta == null ? 1 : Spec.positive("delta", delta);
    }

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
        double[] values = error.toDoubles();
        boolean[] small = new boolean[values.length];
        float[] offsets = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            // A NaN is not small: it stays in the linear part.
            small[i] = Math.abs(values[i]) <= delta;
            offsets[i] = small[i] ? 0 : (float) (delta * delta / 2);
        }
        Tensor zeros = error.constant(error.shape(), new float[values.length]);
        Tensor square = error.where(small, zeros);
        Tensor line = zeros.where(small, error);
        Tensor size = line.relu().plus(line.times(-1).relu());
        Tensor each = square.times(square).times(0.5).plus(size.times(delta));
        // Taken off number by number, and not from the sum: a large number there would cost digits.
        return positions.mean(each.minus(error.constant(error.shape(), offsets)));
    }

    @Override
    public long positions(Value target, Spans lengths) {
        return TensorTarget.positions(NAME, target, lengths);
    }
}
