package org.rnn4j.training;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.rnn4j.core.optim.Schedule;
import org.rnn4j.training.metric.Metric;

/**
 * How long to train and how to validate.
 *
 * @param schedule the learning rate; one that says nothing of the run's length goes over all of it, see {@link Schedule#over}
 * @param steps how many steps in all; give this or {@code epochs}
 * @param epochs how many times through the data; give this or {@code steps}
 * @param clip the limit of the gradients' global norm; null for none
 * @param validateEvery the number of steps between validations; null for once per epoch
 * @param averageAfter n: parameters are averaged after the first validation that is worse than the best of those more than n before it, see
 *     {@link org.rnn4j.core.optim.Averages}; null for never
 * @param metrics the numbers to report of a validation; the first decides which state is best, or the loss if there is none
 */
public record TrainerSettings(
        Schedule schedule,
        Long steps,
        Long epochs,
        Double clip,
        Long validateEvery,
        Long averageAfter,
        List<Metric> metrics) {
    /** Below it a gradient of this length has numbers that float32 rounds to 0. */
    private static final double SMALLEST_CLIP = 1e-37;

    /** Reported in addition to the metrics. */
    private static final String LOSS = "loss";

    /** Checks the ranges, and that the labels of the metrics differ. */
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
        checkPositive("averageAfter", averageAfter);
        if (clip != null && !(clip >= SMALLEST_CLIP)) {
            throw new IllegalArgumentException("clip is " + clip + ", expected a number of at least " + SMALLEST_CLIP);
        }
        metrics = metrics == null ? List.of() : List.copyOf(metrics);
        Set<String> labels = new HashSet<>();
        for (Metric metric : metrics) {
            String label = metric.label();
            if (label == null || label.equals(LOSS)) {
                throw new IllegalArgumentException("metrics has one with the label " + label
                        + ", expected a text other than " + LOSS + ", which stands for the loss beside them");
            }
            if (!labels.add(label)) {
                throw new IllegalArgumentException(
                        "metrics has two with the label " + label + ", expected one of each label");
            }
        }
    }

    private static void checkPositive(String name, Long value) {
        if (value != null && value < 1) {
            throw new IllegalArgumentException(name + " is " + value + ", expected 1 or more");
        }
    }

    /** Some epochs at a schedule, unclipped. */
    public static TrainerSettings epochs(long epochs, Schedule schedule) {
        return new TrainerSettings(schedule, null, epochs, null, null, null, null);
    }

    /** Some steps at a schedule, unclipped. */
    public static TrainerSettings steps(long steps, Schedule schedule) {
        return new TrainerSettings(schedule, steps, null, null, null, null, null);
    }

    /** With the gradients clipped. */
    public TrainerSettings clippedAt(double limit) {
        return new TrainerSettings(schedule, steps, epochs, limit, validateEvery, averageAfter, metrics);
    }

    /** With a validation after so many steps. */
    public TrainerSettings validatedEvery(long count) {
        return new TrainerSettings(schedule, steps, epochs, clip, count, averageAfter, metrics);
    }

    /** With the parameters averaged after a validation that is worse than the best of those more than so many before it. */
    public TrainerSettings averagedAfter(long validations) {
        return new TrainerSettings(schedule, steps, epochs, clip, validateEvery, validations, metrics);
    }

    /** With these numbers reported of a validation. */
    public TrainerSettings judgedBy(Metric... by) {
        return new TrainerSettings(schedule, steps, epochs, clip, validateEvery, averageAfter, List.of(by));
    }

    /** How many steps in all, where an epoch has so many. */
    long totalSteps(long perEpoch) {
        if (steps != null) {
            return steps;
        }
        if (epochs > Long.MAX_VALUE / perEpoch) {
            throw new IllegalArgumentException("epochs is " + epochs + ", of " + perEpoch
                    + " steps each; expected at most " + Long.MAX_VALUE + " steps in all");
        }
        return epochs * perEpoch;
    }

    /** Whether to validate after so many steps, where an epoch has {@code perEpoch}. */
    boolean validatesAfter(long stepsTaken, long perEpoch) {
        return stepsTaken % stepsBetween(perEpoch) == 0;
    }

    /** How many validations so many steps have, but for one at the end. */
    long validations(long totalSteps, long perEpoch) {
        return totalSteps / stepsBetween(perEpoch);
    }

    private long stepsBetween(long perEpoch) {
        return validateEvery != null ? validateEvery : perEpoch;
    }
}
