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
 * @param inputLengths the same for inputs with a time of their own, by name; {@code lengths} holds for the others
 * @param resets where new sequences begin
 * @param carry the states with which the window before ended
 * @param step the number of the training step, which random numbers depend on
 */
public record Window(
        Map<String, Value> inputs,
        Lengths lengths,
        Map<String, Lengths> inputLengths,
        Resets resets,
        Carry carry,
        long step) {
    /** Copies the maps. */
    public Window {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        inputLengths = Map.copyOf(inputLengths);
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

    /** With these row lengths for an input that has a time of its own, such as what an encoder reads. */
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
