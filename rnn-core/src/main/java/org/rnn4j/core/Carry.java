package org.rnn4j.core;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Tensor;

/**
 * The states at the end of one window, by the place of their layer, from which the next window starts. Immutable, and detached from the window that
 * produced it: this is the only place where back-propagation through time is truncated.
 */
public final class Carry {
    private static final Carry NONE = new Carry(Map.of());

    private final Map<String, State> states;

    private Carry(Map<String, State> states) {
        this.states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
    }

    /** Nothing yet: every state begins as zeros. */
    public static Carry none() {
        return NONE;
    }

    /** A carry of these states by the path of their layer; gradients stop here. */
    public static Carry of(Map<String, State> states) {
        return new Carry(states).map(Tensor::detach);
    }

    /** With a function applied to each part, in the order of {@link #tensors}. */
    Carry map(UnaryOperator<Tensor> function) {
        Map<String, State> result = new LinkedHashMap<>();
        states.forEach((path, state) -> result.put(path, state.map(function)));
        return new Carry(result);
    }

    /** The states by the path of their layer: {@code lstm} to {@code h} and {@code c}. */
    public Map<String, State> states() {
        return states;
    }

    /** The state of the layer at a path. */
    public State state(String path) {
        State state = states.get(path);
        if (state == null) {
            throw new IllegalArgumentException("no state of " + path + "; there are states of " + states.keySet());
        }
        return state;
    }

    /**
     * This carry with those rows set back to zero for which {@code reset} is true.
     *
     * @param reset one for each row; not modified
     */
    public Carry reset(boolean... reset) {
        tensors().forEach((name, part) -> {
            if (part.shape().dim(0) != reset.length) {
                throw new IllegalArgumentException("reset has " + reset.length + " flags, but the carried " + name
                        + " has " + part.shape().dim(0) + " rows");
            }
        });
        boolean[] keep = new boolean[reset.length];
        for (int n = 0; n < keep.length; n++) {
            keep[n] = !reset[n];
        }
        Map<String, State> result = new LinkedHashMap<>();
        states.forEach((path, state) -> result.put(
                path,
                state.map(part -> part.where(
                        keep, part.constant(part.shape(), new float[part.shape().size()])))));
        return new Carry(result);
    }

    /**
     * A carry whose row n is row {@code from[n]} of this: a beam search continues from its best rows in this way.
     *
     * @param from rows that this carry has; not modified
     */
    public Carry rows(int... from) {
        tensors().forEach((name, part) -> {
            int rows = part.shape().dim(0);
            for (int row : from) {
                if (row < 0 || row >= rows) {
                    throw new IllegalArgumentException(
                            "there is no row " + row + ": the carried " + name + " has " + rows + " rows, from 0");
                }
            }
        });
        return map(part -> {
            float[] values = part.toFloats();
            int width = values.length / Math.max(1, part.shape().dim(0));
            float[] chosen = new float[from.length * width];
            for (int n = 0; n < from.length; n++) {
                System.arraycopy(values, from[n] * width, chosen, n * width, width);
            }
            return Tensors.of(part.shape().without(0).under(from.length), chosen);
        });
    }

    /** All arrays by {@code path/part}, such as {@code lstm/h}: what a checkpoint stores. */
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> result = new LinkedHashMap<>();
        states.forEach((path, state) -> state.parts().forEach((part, value) -> result.put(path + "/" + part, value)));
        return result;
    }

    /** The carry from which {@link #tensors} returned this map. */
    public static Carry ofTensors(Map<String, Tensor> tensors) {
        Map<String, Map<String, Tensor>> parts = new LinkedHashMap<>();
        tensors.forEach((name, value) -> {
            int slash = name.lastIndexOf('/');
            if (slash < 0) {
                throw new IllegalArgumentException("carried tensor " + name + ": expected a name such as lstm/h");
            }
            parts.computeIfAbsent(name.substring(0, slash), path -> new LinkedHashMap<>())
                    .put(name.substring(slash + 1), value);
        });
        Map<String, State> states = new LinkedHashMap<>();
        parts.forEach((path, byName) -> states.put(path, State.of(byName)));
        return of(states);
    }

    /** Names and shapes: {@code Carry{lstm=State{h=(20,100), c=(20,100)}}}. */
    @Override
    public String toString() {
        return "Carry" + states;
    }

    /** The state at a path, or zeros of the declared parts. */
    State stateOrZeros(String path, List<StatePart> parts, int rows) {
        State carried = states.get(path);
        if (carried != null) {
            return carried.matching(parts, rows);
        }
        Map<String, Tensor> zeros = new LinkedHashMap<>();
        parts.forEach(part -> zeros.put(part.name(), Tensors.zeros(part.row().under(rows))));
        return State.of(zeros);
    }
}
