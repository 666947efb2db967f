package org.rnn4j.layers.sequence;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rnn4j.api.Pass;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;

/**
 * The first state of a node: the parts that its inputs give; the others are zeros.
 *
 * @param declared the parts of the cell's state
 * @param given the names of those that inputs give, in the inputs' order
 */
public record FirstState(List<StatePart> declared, List<String> given) {
    /**
     * Of a cell.
     *
     * @param given as a configuration says; null for all parts, in the order in which the cell declares them
     */
    public static FirstState of(Recurrent cell, List<String> given) {
        List<String> all = cell.state().stream().map(StatePart::name).toList();
        for (String name : given == null ? all : given) {
            if (!all.contains(name)) {
                throw new IllegalArgumentException("given: the cell's state has no part " + name + ", only " + all);
            }
        }
        return new FirstState(cell.state(), given == null ? all : given);
    }

    /** The names in a configuration, copied; null stays null. */
    public static List<String> checked(List<String> given) {
        if (given == null) {
            return null;
        }
        Set<String> once = new HashSet<>();
        for (String name : given) {
            if (name == null || !once.add(name)) {
                throw new IllegalArgumentException(
                        "given: " + (name == null ? "expected names, got null" : name + " is named twice"));
            }
        }
        return List.copyOf(given);
    }

    /** Whether these are inputs for the given parts, of any shape. */
    public boolean takes(List<Value> inputs) {
        return inputs.size() == given.size() && inputs.stream().allMatch(Tensor.class::isInstance);
    }

    /** The state, checked to fit. */
    public State of(List<Value> inputs, int rows, Pass pass) {
        Map<String, Tensor> parts = new LinkedHashMap<>();
        for (StatePart part : declared) {
            int at = given.indexOf(part.name());
            parts.put(part.name(), at < 0 ? pass.zeros(part.row().under(rows)) : (Tensor) inputs.get(at));
        }
        return State.of(parts).matching(declared, rows);
    }

    /** For messages: what a node expects beside its sequences. */
    @Override
    public String toString() {
        return "the parts " + given + " of the first state";
    }

    /** The names of a node's outputs: those of its sequences, and the parts of the last state. */
    public List<String> outputs(String... sequences) {
        List<String> names = new ArrayList<>(List.of(sequences));
        declared.forEach(part -> names.add(part.name()));
        return List.copyOf(names);
    }

    /** The values of a node's outputs. */
    public static List<Value> values(List<? extends Value> sequences, State last) {
        List<Value> values = new ArrayList<>(sequences);
        values.addAll(last.parts().values());
        return values;
    }
}
