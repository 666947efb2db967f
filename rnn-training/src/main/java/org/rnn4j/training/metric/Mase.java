package org.rnn4j.training.metric;

/**
 * The mean absolute error, in units of the error of repeating the last season in the training part. Less is better; below 1 the forecasts are better
 * than that repetition is one season ahead.
 *
 * <pre>
 * scale = mean over t = m … n-1 of  |x[t] - x[t-m]|,   x the n values of the training part, m the period
 * MASE  = mean of  |y - target| / scale
 * </pre>
 *
 * <p>It does not depend on the unit, so results on several series can be compared.
 *
 * <p>Source: Hyndman and Koehler, "Another look at measures of forecast accuracy", 2006, section 3; there with m = 1.
 *
 * @param scale the error that counts as 1, above 0
 */
public record Mase(double scale) implements TermMetric {
    /** Checks the range. */
    public Mase {
        if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("scale is " + scale + ", expected a finite number above 0");
        }
    }

    /**
     * With the scale of a training part.
     *
     * @param training its values, in the unit of the targets; not modified
     * @param period m, the length of a season, 1 or more
     * @throws IllegalArgumentException if it has no two values that are a season apart, or all such are equal
     */
    public static Mase of(double[] training, int period) {
        if (period < 1 || period >= training.length) {
            throw new IllegalArgumentException("period is " + period + ", expected 1 or more and below the "
                    + training.length + " values of the training part");
        }
        Mean error = new Mean();
        for (int t = period; t < training.length; t++) {
            error.add(Math.abs(training[t] - training[t - period]), 1);
        }
        return new Mase(error.value());
    }

    @Override
    public String label() {
        return "MASE";
    }

    @Override
    public double term(double prediction, double target) {
        return Math.abs(prediction - target) / scale;
    }

    @Override
    public boolean better(double value, double than) {
        return value < than;
    }
}
