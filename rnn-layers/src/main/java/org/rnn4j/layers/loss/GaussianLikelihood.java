package org.rnn4j.layers.loss;

import org.rnn4j.api.Loss;
import org.rnn4j.api.LossSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;

/**
 * The negative log-likelihood of a normal distribution, in nats, for a model that forecasts a mean and a variance for each number.
 *
 * <pre>
 * loss = mean over the numbers of valid positions of  (s + (target - m)² * e^-s + log 2π) / 2
 * dm   = (m - target) * e^-s / numbers
 * ds   = (1 - (target - m)² * e^-s) / 2 / numbers
 *
 * y (N,T,2·D) or (N,2·D): D means m, then D logarithms s of the variances;   target (N,T,D) or (N,D)
 * </pre>
 *
 * <p>The output contains the logarithm of the variance, so that any number is valid. PyTorch's {@code GaussianNLLLoss} takes the variance, and omits
 * {@code log 2π} by default.
 *
 * <pre>{@code
 * Loss loss = new GaussianLikelihood();
 * Tensor nats = loss.of(forecast, series, Spans.full()); // forecast (N,T,2), series (N,T,1)
 * }</pre>
 *
 * <p>Cost: one exponential for each number. Source: Nix and Weigend, "Estimating the mean and variance of the target probability
 * distribution", 1994, equation 4.
 */
public record GaussianLikelihood() implements Loss, LossSpec {
    private static final String NAME = "Gaussian likelihood";

    /** The loss itself, which has no parameters. */
    @Override
    public Loss create(Params params) {
        return this;
    }

    @Override
    public Tensor of(Tensor output, Value target, Spans lengths) {
        Tensor wanted = TensorTarget.tensor(NAME, target);
        int width = wanted.shape().columns();
        Shape expected = wanted.shape().withColumns(2 * width);
        if (!output.shape().equals(expected)) {
            throw new IllegalArgumentException(NAME + " of " + output.shape() + " with target " + wanted.shape()
                    + ": expected an output " + expected + ", means and then logarithms of variances");
        }
        Positions positions = Positions.ofValues(wanted.shape(), lengths);
        Tensor error = positions.of(wanted.minus(output.columns(0, width)));
        Tensor logVariance = positions.of(output.columns(width, 2 * width));
        Tensor each = logVariance
                .plus(error.times(error).times(logVariance.times(-1).exp()))
                .plus(StrictMath.log(2 * Math.PI))
                .times(0.5);
        return positions.mean(positions.of(each));
    }

    @Override
    public long positions(Value target, Spans lengths) {
        return TensorTarget.positions(NAME, target, lengths);
    }
}
