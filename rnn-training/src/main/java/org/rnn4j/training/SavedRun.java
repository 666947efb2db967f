package org.rnn4j.training;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rnn4j.core.SavedValues;

/**
 * The progress of a run, as its checkpoint contains it.
 *
 * @param step the number of steps taken
 * @param optimizerSteps how many the optimizer has taken
 * @param averaged the number of steps whose parameters are averaged; 0 for no averaging
 * @param validationLosses all so far, oldest first
 * @param best the best value of the deciding number; NaN before the first validation
 * @param firstLoss of the first step; NaN before it
 * @param toValidate whether the last step still needs a validation
 * @param scheduled how many steps the schedule goes over, where that is the run's length; 0 where it is not
 * @param settings see {@link RunSettings}; null in checkpoints of older versions
 * @param carry the names of the carried states; null in checkpoints of older versions
 * @param fingerprint of the data
 * @param listeners their states, by name
 */
record SavedRun(
        long step,
        long optimizerSteps,
        long averaged,
        List<Double> validationLosses,
        double best,
        double firstLoss,
        boolean toValidate,
        long scheduled,
        Map<String, Object> settings,
        Set<String> carry,
        String fingerprint,
        Map<String, Object> listeners) {
    private static final String STEP = "step";
    private static final String OPTIMIZER_STEPS = "optimizerSteps";
    private static final String AVERAGED = "averaged";
    private static final String VALIDATION_LOSSES = "validationLosses";
    private static final String BEST = "best";
    private static final String FIRST_LOSS = "firstLoss";
    private static final String TO_VALIDATE = "toValidate";
    private static final String SCHEDULED = "scheduled";
    private static final String SETTINGS = "settings";
    private static final String CARRY = "carry";
    private static final String FINGERPRINT = "fingerprint";
    private static final String LISTENERS = "listeners";

    /** More than any run takes, and so few that the ones to come can be counted. */
    private static final long MOST_STEPS = Long.MAX_VALUE / 2;

    /** Plain values for a checkpoint. */
    Map<String, Object> progress() {
        Map<String, Object> progress = new LinkedHashMap<>();
        progress.put(STEP, step);
        progress.put(OPTIMIZER_STEPS, optimizerSteps);
        progress.put(VALIDATION_LOSSES, validationLosses);
        if (!Double.isNaN(best)) {
            progress.put(BEST, best);
        }
        if (averaged > 0) {
            progress.put(AVERAGED, averaged);
        }
        if (!Double.isNaN(firstLoss)) {
            progress.put(FIRST_LOSS, firstLoss);
        }
        if (toValidate) {
            progress.put(TO_VALIDATE, true);
        }
        if (scheduled > 0) {
            progress.put(SCHEDULED, scheduled);
        }
        progress.put(SETTINGS, settings);
        progress.put(CARRY, carry.stream().sorted().toList());
        progress.put(FINGERPRINT, fingerprint);
        progress.put(LISTENERS, listeners);
        return progress;
    }

    /**
     * Reads the result of {@link #progress}.
     *
     * @throws IllegalArgumentException naming the key whose value cannot be
     */
    static SavedRun of(Map<String, Object> progress) {
        return new SavedRun(
                count(progress, STEP),
                count(progress, OPTIMIZER_STEPS),
                averaged(progress),
                List.copyOf(SavedValues.decimals(progress, VALIDATION_LOSSES)),
                progress.containsKey(BEST) ? SavedValues.decimal(progress, BEST) : Double.NaN,
                progress.containsKey(FIRST_LOSS) ? SavedValues.decimal(progress, FIRST_LOSS) : Double.NaN,
                toValidate(progress),
                progress.containsKey(SCHEDULED) ? count(progress, SCHEDULED) : 0,
                progress.containsKey(SETTINGS) ? SavedValues.section(progress, SETTINGS) : null,
                progress.containsKey(CARRY) ? names(progress) : null,
                SavedValues.text(progress, FINGERPRINT),
                SavedValues.section(progress, LISTENERS));
    }

    private static boolean toValidate(Map<String, Object> progress) {
        Object value = progress.getOrDefault(TO_VALIDATE, false);
        if (value instanceof Boolean toValidate) {
            return toValidate;
        }
        throw new IllegalArgumentException("progress: " + TO_VALIDATE + " is " + value + ", expected true or false");
    }

    private static long averaged(Map<String, Object> progress) {
        if (!progress.containsKey(AVERAGED)) {
            return 0;
        }
        long count = count(progress, AVERAGED);
        if (count == 0) {
            throw new IllegalArgumentException("progress: " + AVERAGED + " is 0, expected 1 or more");
        }
        return count;
    }

    private static Set<String> names(Map<String, Object> progress) {
        Set<String> names = new HashSet<>();
        SavedValues.list(progress, CARRY).forEach(name -> names.add(String.valueOf(name)));
        return names;
    }

    /** A number of steps, of which there is room for as many again. */
    private static long count(Map<String, Object> progress, String key) {
        long count = SavedValues.number(progress, key);
        if (count > MOST_STEPS) {
            throw new IllegalArgumentException(
                    "progress: " + key + " is " + count + ", expected a number of steps of at most " + MOST_STEPS);
        }
        return count;
    }

    /** Without this check a stateful model would silently start from zeros if a state is missing. */
    void checkCarry(Set<String> states) {
        if (carry != null && !carry.equals(states)) {
            throw new IllegalArgumentException("the checkpoint has the carried states " + states
                    + ", but was saved with " + carry.stream().sorted().toList() + ": the file was changed afterwards");
        }
    }
}
