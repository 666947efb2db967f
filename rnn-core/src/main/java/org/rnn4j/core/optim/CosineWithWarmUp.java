package org.rnn4j.core.optim;

import java.util.List;

/**
 * Rises in a line from near 0 over the first steps, then falls along half a cosine (Loshchilov and Hutter, 2017):
 * {@code end + (rate - end) * (1 + cos(π * progress)) / 2}; constant at {@code end} after {@code steps}.
 *
 * <pre>
 * schedule: {type: CosineWithWarmUp, rate: 0.005, warmUp: 0.05}     # over the whole run, of which a twentieth rises
 * </pre>
 *
 * @param rate the highest rate, above 0
 * @param steps when the end is reached; the end of the run where left out
 * @param warmUp how many of these steps rise; a number below 1 is a fraction of them, rounded down; 0 where left out
 * @param end the last rate; 0 where left out
 */
public record CosineWithWarmUp(double rate, Long steps, Double warmUp, Double end) implements Schedule {
    /** Checks the ranges. */
    public CosineWithWarmUp {
        Settings.positive("rate", rate);
        warmUp = warmUp == null ? 0.0 : warmUp;
        if (!(warmUp >= 0) || warmUp >= 1 && warmUp != (long) (double) warmUp) {
            throw new IllegalArgumentException("warmUp is " + warmUp
                    + ", expected a whole number of steps, or a fraction of them: 0 or more and below 1");
        }
        if (steps != null) {
            Settings.atLeastOne("steps", steps);
            if (warmUp >= steps) {
                throw new IllegalArgumentException(
                        "warmUp is " + (long) (double) warmUp + ", expected 0 or more and below steps, " + steps);
            }
        }
        end = end == null ? 0.0 : Settings.notNegative("end", end);
    }

    /** Over the whole run. */
    public CosineWithWarmUp(double rate, double warmUp) {
        this(rate, null, warmUp, null);
    }

    @Override
    public CosineWithWarmUp over(long totalSteps) {
        return steps != null ? this : new CosineWithWarmUp(rate, totalSteps, warmUp, end);
    }

    @Override
    public double rate(long step, List<Double> validations) {
        if (steps == null) {
            throw new IllegalStateException(
                    "this schedule goes over a whole run: ask over(totalSteps) for that of a run");
        }
        long rising = (long) (warmUp < 1 ? warmUp * steps : warmUp);
        if (step < rising) {
            return rate * (step + 1) / rising;
        }
        double progress = Math.min(1, (double) (step - rising) / (steps - rising));
        return end + (rate - end) * (1 + StrictMath.cos(StrictMath.PI * progress)) / 2;
    }
}
