package org.rnn4j.core;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.rnn4j.api.Lengths;
import org.rnn4j.api.Resets;
import org.rnn4j.api.Value;

/**
 * Everything that one forward pass is given: the inputs, and what surrounds them. Immutable: each method returns a changed copy.
 *
 * @param inputs the inputs by name, each {@code (N,T,…)}
 * @param lengths how many steps of each row are valid
 * @param inputLengths the same for inputs with a time of their own, by name, all of them among {@code inputs}; {@code lengths} holds for the others
 * @param resets where new sequences begin
 * @param carry the states with which the window before ended; a layer of whose state it says nothing begins with zeros
 * @param step the number of the training step, which random numbers depend on
 */
public record Window(
        Map<String, Value> inputs,
        Lengths lengths,
        Map<String, Lengths> inputLengths,
        Resets resets,
        Carry carry,
        long step) {
    /**
     * Copies the maps.
     *
     * @throws IllegalArgumentException where something is null, or lengths are given for what is none of the inputs
     */
    public Window {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        inputLengths = Collections.unmodifiableMap(new LinkedHashMap<>(inputLengths));
        inputs.forEach((input, value) -> known("input " + input, value));
        known("lengths", lengths);
        inputLengths.forEach((input, ofInput) -> known("lengths of the input " + input, ofInput));
        known("resets", resets);
        known("carry", carry);
        for (String input : inputLengths.keySet()) {
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
        return new Window(new LinkedHashMap<>(inputs), Lengths.full(), Map.of(), Resets.none(), Carry.none(), 0);
    }

    /** With these row lengths. */
    public Window with(Lengths newLengths) {
        return new Window(inputs, newLengths, inputLengths, resets, carry, step);
    }

    /** With these row lengths for one of the inputs, which has a time of its own, such as what an encoder reads. */
    public Window with(String input, Lengths ofInput) {
        Map<String, Lengths> changed = new LinkedHashMap<>(inputLengths);
        changed.put(input, ofInput);
        return new Window(inputs, lengths, changed, resets, carry, step);
    }

    /** The row lengths of an input. */
    public Lengths lengths(String input) {
        return inputLengths.getOrDefault(input, lengths);
    }

    /** With new sequences beginning here. */
    public Window with(Resets newResets) {
        return new Window(inputs, lengths, inputLengths, newResets, carry, step);
    }

    /** Going on from these states. */
    public Window with(Carry newCarry) {
        return new Window(inputs, lengths, inputLengths, resets, newCarry, step);
    }

    /** As this training step. */
    public Window atStep(long newStep) {
        return new Window(inputs, lengths, inputLengths, resets, carry, newStep);
    }
}
