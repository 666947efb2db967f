package org.rnn4j.serialization;

import java.util.Map;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.ModelSpec;

/**
 * Everything that determines how a training run goes on; with empty optimizer, carry and progress, a saved model. One file holds it.
 *
 * @param spec the model's configuration
 * @param seed what random numbers are drawn from
 * @param parameters the parameters by path
 * @param optimizer what the optimizer remembers
 * @param carry the states with which the last window ended
 * @param progress the rest, as plain values: maps, lists, strings, numbers, booleans
 */
public record Checkpoint(
        ModelSpec spec,
        long seed,
        Map<String, Tensor> parameters,
        Map<String, Tensor> optimizer,
        Map<String, Tensor> carry,
        Map<String, Object> progress) {

    /**
     * Refuses a checkpoint of another model.
     *
     * @throws IllegalArgumentException naming the first difference
     */
    public void requireModel(ModelSpec expected, long expectedSeed) {
        if (!spec.equals(expected)) {
            throw new IllegalArgumentException("the checkpoint is of another model");
        }
        if (seed != expectedSeed) {
            throw new IllegalArgumentException(
                    "the checkpoint was made with the seed " + seed + ", but this run has the seed " + expectedSeed);
        }
    }

    /** A whole number of {@link #progress}. */
    public static long number(Map<String, Object> progress, String key) {
        if (progress.get(key) instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalArgumentException("progress: " + key + " is " + progress.get(key) + ", expected a number");
    }
}
