package org.rnn4j.core.optim;

import java.util.List;

/**
 * How the learning rate changes. A function of what has happened so far and nothing else, so that resuming needs no state of its own.
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
