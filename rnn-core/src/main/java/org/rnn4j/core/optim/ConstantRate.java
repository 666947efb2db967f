package org.rnn4j.core.optim;

import java.util.List;

/**
 * Always the same rate.
 *
 * @param rate above 0
 */
public record ConstantRate(double rate) implements Schedule {
    /** Checks the range. */
    public ConstantRate {
        Settings.positive("rate", rate);
    }

    @Override
    public double rate(long step, List<Double> validations) {
        return rate;
    }
}
