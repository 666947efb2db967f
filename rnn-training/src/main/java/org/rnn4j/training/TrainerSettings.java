package org.rnn4j.training;

import java.util.List;
import org.rnn4j.core.optim.Schedule;
import org.rnn4j.training.metric.Metric;

/**
 * How long to train and how to judge.
 *
 * @param schedule the learning rate
 * @param steps how many steps in all; give this or {@code epochs}
 * @param epochs how many times through the data; give this or {@code steps}
 * @param clip the limit of the gradients' global norm; null for none
 * @param validateEvery after how many steps to validate; null for once an epoch
 * @param metrics the numbers to report of a validation; the first decides what is best, and the loss does where there is none
 */
public record TrainerSettings(
        Schedule schedule, Long steps, Long epochs, Double clip, Long validateEvery, List<Metric> metrics) {
    /** Checks the ranges. */
    public TrainerSettings {
        if (schedule == null) {
            throw new IllegalArgumentException("schedule is missing");
        }
        if ((steps == null) == (epochs == null)) {
            throw new IllegalArgumentException("expected either steps or epochs, got "
                    + (steps == null ? "neither" : "both, " + steps + " and " + epochs));
        }
        checkPositive("steps", steps);
        checkPositive("epochs", epochs);
        checkPositive("validateEvery", validateEvery);
        if (clip != null && !(clip > 0)) {
            throw new IllegalArgumentException("clip is " + clip + ", expected a number above 0");
        }
        metrics = metrics == null ? List.of() : List.copyOf(metrics);
    }

    private static void checkPositive(String name, Long value) {
        if (value != null && value < 1) {
            throw new IllegalArgumentException(name + " is " + value + ", expected 1 or more");
        }
    }

    /** Some epochs at a schedule, unclipped. */
    public static TrainerSettings epochs(long epochs, Schedule schedule) {
        return new TrainerSettings(schedule, null, epochs, null, null, null);
    }

    /** Some steps at a schedule, unclipped. */
    public static TrainerSettings steps(long steps, Schedule schedule) {
        return new TrainerSettings(schedule, steps, null, null, null, null);
    }

    /** With the gradients clipped. */
    public TrainerSettings clippedAt(double limit) {
        return new TrainerSettings(schedule, steps, epochs, limit, validateEvery, metrics);
    }

    /** With a validation after so many steps. */
    public TrainerSettings validatedEvery(long count) {
        return new TrainerSettings(schedule, steps, epochs, clip, count, metrics);
    }

    /** With these numbers reported of a validation. */
    public TrainerSettings judgedBy(Metric... by) {
        return new TrainerSettings(schedule, steps, epochs, clip, validateEvery, List.of(by));
    }

    /** How many steps in all. */
    long totalSteps(Batches training) {
        return steps != null ? steps : Math.multiplyExact(epochs, training.perEpoch());
    }

    /** Whether to validate after so many steps. */
    boolean validatesAfter(long stepsTaken, Batches training) {
        return stepsTaken % (validateEvery != null ? validateEvery : training.perEpoch()) == 0;
    }
}
