package org.rnn4j.core.optim;

import java.util.List;

/**
 * A rate that drops by a factor at regular steps: {@code rate * factor^floor(step / every)}.
 *
 * @param rate the first rate, above 0
 * @param factor what it is multiplied by, above 0
 * @param every after how many steps
 */
public record StepDecay(double rate, double factor, long every) implements Schedule {
    /** Checks the ranges. */
    public StepDecay {
        Settings.positive("rate", rate);
        Settings.positive("factor", factor);
        Settings.atLeastOne("every", every);
    }

    @Override
    public double rate(long step, List<Double> validations) {
        long drops = step / every;
        return rate * StrictMath.pow(factor, (double) drops);
    }
}
