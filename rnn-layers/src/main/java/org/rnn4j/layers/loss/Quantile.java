package org.rnn4j.layers.loss;

import java.util.List;
import org.rnn4j.api.Loss;
import org.rnn4j.api.LossSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;

/**
 * The pinball loss of forecasts of quantiles. It is minimal if a share q of the targets is below the forecast of quantile q.
 *
 * <pre>
 * e_q  = target - y_q
 * loss = mean over Q quantiles and the numbers of valid positions of  max(q * e_q, (q - 1) * e_q)
 * dy_q = -q where e_q &gt; 0,  1 - q where e_q &lt; 0, / (Q * numbers)
 *
 * y (N,T,Q·D) or (N,Q·D): D numbers for the first quantile, then D for the next;   target (N,T,D) or (N,D)
 * </pre>
 *
 * <p>With the one quantile 0.5 it is half the mean absolute error.
 *
 * <pre>{@code
 * Loss loss = new Quantile(List.of(0.1, 0.5, 0.9));
 * Tensor error = loss.of(forecast, series, Spans.full()); // forecast (N,T,3), series (N,T,1)
 * }</pre>
 *
 * <p>Cost: a few multiplications for each number. Source: Koenker and Bassett, "Regression quantiles", 1978, equation 3.2.
 *
 * @param quantiles each above 0 and below 1, in the order of the output's columns; copied
 */
public record Quantile(List<Double> quantiles) implements Loss, LossSpec {
    private static final String NAME = "quantile loss";

    /** Checks the values. */
    public Quantile {
        if (quantiles == null || quantiles.isEmpty()) {
            throw new IllegalArgumentException("quantiles: expected at least one");
        }
        for (Double q : quantiles) {
            if (q == null || !(q > 0 && q < 1)) {
                throw new IllegalArgumentException("quantiles: " + q + " is not above 0 and below 1");
            }
        }
        quantiles = List.copyOf(quantiles);
    }

    /** The loss itself, which has no parameters. */
    @Override
    public Loss create(Params params) {
        return this;
    }

    @Override
    public Tensor of(Tensor output, Value target, Spans lengths) {
        Tensor wanted = TensorTarget.tensor(NAME, target);
        int width = wanted.shape().columns();
        Shape expected = wanted.shape().withColumns(quantiles.size() * width);
        if (!output.shape().equals(expected)) {
            throw new IllegalArgumentException(NAME + " of " + output.shape() + " with target " + wanted.shape()
                    + " and " + quantiles.size() + " quantiles: expected an output " + expected);
        }
        Positions positions = Positions.ofValues(wanted.shape(), lengths);
        Tensor total = null;
        for (int i = 0; i < quantiles.size(); i++) {
            double q = quantiles.get(i);
            Tensor error = positions.of(wanted.minus(output.columns(i * width, (i + 1) * width)));
            Tensor each = error.relu().times(q).plus(error.times(-1).relu().times(1 - q));
            total = total == null ? each : total.plus(each);
        }
        return positions.mean(total).times(1.0 / quantiles.size());
    }

    @Override
    public long positions(Value target, Spans lengths) {
        return TensorTarget.positions(NAME, target, lengths);
    }
}
