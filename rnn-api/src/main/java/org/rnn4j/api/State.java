package org.rnn4j.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** The state that a recurrent cell passes from one step to the next: named tensors, each {@code (N,…)}. Immutable. */
public final class State {
    private final Map<String, Tensor> parts;

    private State(Map<String, Tensor> parts) {
        this.parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    /** A state of these parts, in the map's order; copied. */
    public static State of(Map<String, Tensor> parts) {
        return new State(parts);
    }

    /** A state of one part. */
    public static State of(String name, Tensor value) {
        return new State(Map.of(name, value));
    }

    /** A state of two parts. */
    public static State of(String name1, Tensor value1, String name2, Tensor value2) {
        Map<String, Tensor> parts = new LinkedHashMap<>();
        parts.put(name1, value1);
        parts.put(name2, value2);
        return new State(parts);
    }

    /** The part of this name. */
    public Tensor get(String name) {
        Tensor part = parts.get(name);
        if (part == null) {
            throw new IllegalArgumentException("no state part named " + name + "; there are " + parts.keySet());
        }
        return part;
    }

    /** All parts by name, in order; unmodifiable. */
    public Map<String, Tensor> parts() {
        return parts;
    }

    /** This state with another value for one of its parts. */
    public State with(String name, Tensor value) {
        get(name);
        Map<String, Tensor> result = new LinkedHashMap<>(parts);
        result.put(name, value);
        return new State(result);
    }

    /** This state with a function applied to each part. */
    public State map(UnaryOperator<Tensor> function) {
        Map<String, Tensor> result = new LinkedHashMap<>();
        parts.forEach((name, value) -> result.put(name, function.apply(value)));
        return new State(result);
    }

    /** A state of {@code function(part of this, part of other)} for each part. */
    public State zip(State other, BinaryOperator<Tensor> function) {
        Map<String, Tensor> result = new LinkedHashMap<>();
        parts.forEach((name, value) -> result.put(name, function.apply(value, other.get(name))));
        return new State(result);
    }

    /**
     * Checks that this state has exactly the declared parts with {@code rows} rows each, and returns it.
     *
     * @throws IllegalArgumentException naming the first part that is missing, unknown or of another shape
     */
    public State matching(List<StatePart> declared, int rows) {
        Set<String> unknown = new LinkedHashSet<>(parts.keySet());
        for (StatePart part : declared) {
            Tensor found = get(part.name());
            Shape expected = part.row().under(rows);
            if (found == null || !found.shape().equals(expected)) {
                throw new IllegalArgumentException("state part " + part.name() + " "
                        + (found == null ? "is null" : "has the shape " + found.shape()) + ", expected " + expected);
            }
            if (!unknown.remove(part.name())) {
                throw new IllegalArgumentException("state part " + part.name() + " is declared twice");
            }
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("state parts " + unknown + " are not declared; declared are "
                    + declared.stream().map(StatePart::name).toList());
        }
        return this;
    }

    @Override
    public String toString() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        parts.forEach((name, value) -> shapes.put(name, value.shape()));
        return "State" + shapes;
    }
}
