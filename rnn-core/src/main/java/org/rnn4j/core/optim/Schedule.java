package org.rnn4j.core.optim;

import java.util.List;

/**
 * How the learning rate changes. It is a function of the steps and validations so far and of nothing else, so resuming needs no extra state.
 */
@FunctionalInterface
public interface Schedule {
    /**
     * The rate for a step.
     *
     * @param step the number of steps taken before it
     * @param validations the validation losses so far, oldest first
     */
    double rate(long step, List<Double> validations);
}
