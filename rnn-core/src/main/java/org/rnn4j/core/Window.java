package org.rnn4j.core;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;

/**
 * Everything that one forward pass gets: the inputs and their context. Immutable: each method returns a changed copy.
 *
 * @param inputs the inputs by name, each {@code (N,T,…)}
 * @param spans where in the rows sequences begin and end
 * @param inputSpans the same by name for inputs with a separate time axis, all of them among {@code inputs}; {@code spans} applies to the others
 * @param carry the states at the end of the previous window; a layer without a state here starts from zeros
 * @param step the number of the training step, which random numbers depend on
 */
public record Window(Map<String, Value> inputs, Spans spans, Map<String, Spans> inputSpans, Carry carry, long step) {
    /**
     * Copies the maps.
     *
     * @throws IllegalArgumentException if something is null, or if spans are given for a name that is not an input
     */
    public Window {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        inputSpans = Collections.unmodifiableMap(new LinkedHashMap<>(inputSpans));
        inputs.forEach((input, value) -> known("input " + input, value));
        known("spans", spans);
        inputSpans.forEach((input, ofInput) -> known("spans of the input " + input, ofInput));
        known("carry", carry);
        for (String input : inputSpans.keySet()) {
            if (!inputs.containsKey(input)) {
                throw new IllegalArgumentException("lengths were given for " + input + ", which is none of the inputs "
                        + inputs.keySet() + Spelling.hint(input, inputs.keySet()));
            }
        }
    }

    private static void known(String what, Object value) {
        if (value == null) {
            throw new IllegalArgumentException(what + ": expected a value, got null");
        }
    }

    /** A window of one input by the name of {@link ModelSpec#chain}, {@code x}. */
    public static Window of(Value x) {
        return of(Map.of("x", x));
    }

    /** A window of inputs by name. */
    public static Window of(Map<String, ? extends Value> inputs) {
        return new Window(new LinkedHashMap<>(inputs), Spans.full(), Map.of(), Carry.none(), 0);
    }

    /** With sequences that begin and end here, in every input that has a time: not in one of shape {@code (N,D)}, such as a first state. */
    public Window with(Spans newSpans) {
        return new Window(inputs, newSpans, inputSpans, carry, step);
    }

    /** With these spans for one of the inputs, which has a separate time axis, such as the input of an encoder. */
    public Window with(String input, Spans ofInput) {
        Map<String, Spans> changed = new LinkedHashMap<>(inputSpans);
        changed.put(input, ofInput);
        return new Window(inputs, spans, changed, carry, step);
    }

    /** Where in the rows of an input sequences begin and end. */
    public Spans spans(String input) {
        boolean hasNoTime =
                inputs.get(input) instanceof Tensor tensor && tensor.shape().rank() < 3;
        return inputSpans.getOrDefault(input, hasNoTime ? Spans.full() : spans);
    }

    /** Continuing from these states. */
    public Window with(Carry newCarry) {
        return new Window(inputs, spans, inputSpans, newCarry, step);
    }

    /** As this training step. */
    public Window atStep(long newStep) {
        return new Window(inputs, spans, inputSpans, carry, newStep);
    }
}
