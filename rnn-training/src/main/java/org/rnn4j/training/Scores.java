package org.rnn4j.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The scores of a model on a set of batches.
 *
 * @param loss the mean loss over all valid positions
 * @param metrics the other numbers by label, in the order of the settings
 */
public record Scores(double loss, Map<String, Double> metrics) {
    /** Copies the map. */
    public Scores {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }
}
