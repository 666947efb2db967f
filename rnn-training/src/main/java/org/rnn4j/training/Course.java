package org.rnn4j.training;

import org.rnn4j.core.optim.Schedule;

/**
 * What a run goes through, as its data was when it began.
 *
 * @param perEpoch how many training batches an epoch has
 * @param totalSteps after which the run is done
 * @param schedule the learning rate over these steps
 */
record Course(Batches training, Batches validation, long perEpoch, long totalSteps, Schedule schedule) {
    /** A checkpoint's progress has room for what so many gave, the points of a curve included. */
    private static final long MOST_VALIDATIONS = 40_000;

    /**
     * Of this data, of which all that can be known to be wrong is found out.
     *
     * @throws IllegalArgumentException where a part is missing or has no batches, or where there would be too many validations
     */
    static Course of(DataSet data, TrainerSettings settings) {
        Batches training = data.training();
        Batches validation = data.validation();
        long perEpoch = perEpoch("training", training);
        perEpoch("validation", validation);
        long totalSteps = settings.totalSteps(perEpoch);
        long validations = settings.validations(totalSteps, perEpoch);
        if (validations > MOST_VALIDATIONS) {
            throw new IllegalArgumentException(
                    totalSteps + " steps have " + validations + " validations, expected at most " + MOST_VALIDATIONS
                            + ": what each gave stays in every checkpoint. Validate less often (validateEvery)");
        }
        return new Course(
                training, validation, perEpoch, totalSteps, settings.schedule().over(totalSteps));
    }

    private static long perEpoch(String part, Batches batches) {
        if (batches == null) {
            throw new IllegalArgumentException("the data's " + part + " part is null, expected batches");
        }
        long count = batches.perEpoch();
        if (count < 1) {
            throw new IllegalArgumentException(
                    "the data's " + part + " part has " + count + " batches an epoch, expected 1 or more");
        }
        return count;
    }

    /** The epoch that a step is in, from 1. */
    long epoch(long step) {
        return step / perEpoch + 1;
    }
}
