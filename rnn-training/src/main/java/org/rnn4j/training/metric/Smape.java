package org.rnn4j.training.metric;

/**
 * The error of forecasts in percent of the size of the forecast and the target, from 0 to 200; less is better.
 *
 * <pre>
 * sMAPE = mean of  200 * |y - target| / (|y - zero| + |target - zero|);  0 where all three are equal
 * </pre>
 *
 * <p>Percentages need a scale with a meaningful zero. If a series was shifted for the model, {@code zero} is the shifted value of its 0; the shift
 * then makes no difference, and neither does a factor.
 *
 * <p>Source: Makridakis and Hibon, "The M3-competition", 2000, appendix A.
 *
 * @param zero the value of the unit's 0 in the model's scale
 */
public record Smape(double zero) implements TermMetric {
    /** Checks the number. */
    public Smape {
        if (!Double.isFinite(zero)) {
            throw new IllegalArgumentException("zero is " + zero + ", expected a finite number");
        }
    }

    /** For a series that was not shifted. */
    public Smape() {
        this(0);
    }

    @Override
    public String label() {
        return "sMAPE";
    }

    @Override
    public double term(double prediction, double target) {
        double error = Math.abs(prediction - target);
        return error == 0 ? 0 : 200 * error / (Math.abs(prediction - zero) + Math.abs(target - zero));
    }

    @Override
    public boolean better(double value, double than) {
        return value < than;
    }
}
