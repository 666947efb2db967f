package org.rnn4j.core.optim;

import java.util.List;

/**
 * Rises in a line from near 0 over the first steps, then falls along half a cosine (Loshchilov and Hutter, 2017):
 * {@code end + (rate - end) * (1 + cos(π * progress)) / 2}; constant at {@code end} after {@code steps}.
 *
 * @param rate the highest rate, above 0
 * @param steps the number of steps until {@code end} is reached
 * @param warmUp the number of these steps in which the rate rises; 0 by default
 * @param end the last rate; 0 by default
 */
public record CosineWithWarmUp(double rate, long steps, Long warmUp, Double end) implements Schedule {
    /** Checks the ranges. */
    public CosineWithWarmUp {
        Settings.positive("rate", rate);
        Settings.atLeastOne("steps", steps);
        warmUp = warmUp == null ? 0L : warmUp;
        if (warmUp < 0 || warmUp >= steps) {
            throw new IllegalArgumentException(
                    "warmUp is " + warmUp + ", expected 0 or more and below steps, " + steps);
        }
        end = end == null ? 0.0 : Settings.notNegative("end", end);
    }

    @Override
    public double rate(long step, List<Double> validations) {
        if (step < warmUp) {
            return rate * (step + 1) / warmUp;
        }
        double progress = Math.min(1, (double) (step - warmUp) / (steps - warmUp));
        return end + (rate - end) * (1 + StrictMath.cos(StrictMath.PI * progress)) / 2;
    }
}
