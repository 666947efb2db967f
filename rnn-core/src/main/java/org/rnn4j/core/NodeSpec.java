package org.rnn4j.core;

import java.util.List;
import org.rnn4j.api.LayerSpec;

/**
 * One node of a model's graph.
 *
 * @param layer what computes its outputs
 * @param inputs where its inputs come from: names of the model's inputs or of earlier nodes, or {@code node.output} for an output
 *     that is not a node's first
 */
public record NodeSpec(LayerSpec<?> layer, List<String> inputs) {
    /** Copies the list. */
    public NodeSpec {
        if (layer == null) {
            throw new IllegalArgumentException("layer is missing");
        }
        if (inputs == null || inputs.isEmpty()) {
            throw new IllegalArgumentException("inputs is empty, expected at least one name");
        }
        inputs = List.copyOf(inputs);
    }
}
