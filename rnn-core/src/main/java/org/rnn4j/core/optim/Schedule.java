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

    /**
     * This schedule for a run of so many steps: what it says of the run's length, such as how much of it warms up, becomes numbers of steps. A trainer
     * asks for it once it knows its data. A schedule that says nothing of the length is the same for every run.
     */
    default Schedule over(long totalSteps) {
        return this;
    }
}
