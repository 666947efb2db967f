package org.rnn4j.api;

import java.util.List;

/**
 * A node of a model's graph, with any number of inputs and outputs.
 *
 * <p>{@link Layer} is the common case, one tensor to one tensor; {@link IdsLayer} is ids to one tensor. Like all parts of a model, a node holds
 * weights and no state that a call changes, so many threads may use it at once.
 */
public interface Node {
    /** The outputs for the inputs, both in the order in which the graph names them. */
    List<Value> forward(List<Value> inputs, Pass pass);

    /**
     * The names of the outputs. The graph refers to the first by the node's name alone and to the others by
     * {@code node.output}.
     */
    default List<String> outputs() {
        return List.of("output");
    }

    /** The only input, checked to be a {@code type}. */
    static <V extends Value> V only(List<Value> inputs, Class<V> type) {
        if (inputs.size() != 1) {
            throw new IllegalArgumentException("expects one input, got " + inputs.size());
        }
        if (!type.isInstance(inputs.get(0))) {
            throw new IllegalArgumentException("expects " + (type == Ids.class ? "ids" : "a tensor") + ", got "
                    + (inputs.get(0) instanceof Ids ? "ids" : "a tensor") + " of shape "
                    + inputs.get(0).shape());
        }
        return type.cast(inputs.get(0));
    }
}
