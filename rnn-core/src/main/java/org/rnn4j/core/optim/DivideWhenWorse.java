package org.rnn4j.core.optim;

import java.util.List;

/**
 * Divides the rate each time a validation loss is not below the best before it, as the book does with 4 (chapter 6).
 *
 * @param rate the first rate, above 0
 * @param divisor above 1; 4 by default
 */
public record DivideWhenWorse(double rate, Double divisor) implements Schedule {
    /** Checks the ranges. */
    public DivideWhenWorse {
        Settings.positive("rate", rate);
        divisor = divisor == null ? 4.0 : divisor;
        if (!(divisor > 1)) {
            throw new IllegalArgumentException("divisor is " + divisor + ", expected a number above 1");
        }
    }

    @Override
    public double rate(long step, List<Double> validations) {
        double result = rate;
        double best = Double.POSITIVE_INFINITY;
        for (double validation : validations) {
            if (validation < best) {
                best = validation;
            } else {
                result /= divisor;
            }
        }
        return result;
    }
}
