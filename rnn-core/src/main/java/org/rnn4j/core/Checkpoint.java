package org.rnn4j.core;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.input.Printable;

/**
 * Everything that determines how a training run continues. With empty optimizer, carry and progress, it is a saved model.
 *
 * @param spec the model's configuration
 * @param seed the seed of the random numbers
 * @param parameters the parameters by path
 * @param optimizer the arrays that the optimizer keeps, by {@code parameter/name}
 * @param carry the states at the end of the last window, by {@code path/part}
 * @param progress the rest, as plain values: maps, lists, strings, numbers, booleans; from a file, whole numbers are {@link Long} and others
 *     {@link Double}, and maps are in alphabetical order; see {@link SavedValues}
 */
public record Checkpoint(
        ModelSpec spec,
        long seed,
        Map<String, Tensor> parameters,
        Map<String, Tensor> optimizer,
        Map<String, Tensor> carry,
        Map<String, Object> progress) {

    /** Copies the maps. */
    public Checkpoint {
        parameters = copy(parameters);
        optimizer = copy(optimizer);
        carry = copy(carry);
        progress = copy(progress);
    }

    private static <V> Map<String, V> copy(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** The configuration and the current parameters of a model. They belong to one step, even while another thread trains the model. */
    public static Checkpoint of(Model model) {
        return new Checkpoint(model.spec(), model.seed(), model.snapshot(), Map.of(), Map.of(), Map.of());
    }

    /** A model to train with these parameters; see {@link Model#inference} and {@link Model#copy} for one to serve. */
    public Model model() {
        return Model.restore(spec, seed, parameters);
    }

    /**
     * Refuses a checkpoint of another model.
     *
     * @throws IllegalArgumentException naming the first difference: the node, the component, and both values
     */
    public void requireModel(ModelSpec expected, long expectedSeed) {
        SpecDifference.first("", spec, expected).ifPresent(difference -> {
            throw new IllegalArgumentException("the checkpoint is of another model: " + Printable.brief(difference));
        });
        if (seed != expectedSeed) {
            throw new IllegalArgumentException(
                    "the checkpoint was made with the seed " + seed + ", but this run has the seed " + expectedSeed);
        }
    }
}
