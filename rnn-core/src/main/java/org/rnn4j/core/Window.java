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
 * @param resets where new sequences begin
 * @param carry the states with which the window before ended
 * @param step the number of the training step, which random numbers depend on
 */
public record Window(Map<String, Value> inputs, Lengths lengths, Resets resets, Carry carry, long step) {
    /** Copies the map. */
    public Window {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    }

    /** A window of one input by the name of {@link ModelSpec#chain}, {@code x}. */
    public static Window of(Value x) {
        return of(Map.of("x", x));
    }

    /** A window of inputs by name. */
    public static Window of(Map<String, ? extends Value> inputs) {
        return new Window(new LinkedHashMap<>(inputs), Lengths.full(), Resets.none(), Carry.none(), 0);
    }

    /** With these row lengths. */
    public Window with(Lengths newLengths) {
        return new Window(inputs, newLengths, resets, carry, step);
    }

    /** With new sequences beginning here. */
    public Window with(Resets newResets) {
        return new Window(inputs, lengths, newResets, carry, step);
    }

    /** Going on from these states. */
    public Window with(Carry newCarry) {
        return new Window(inputs, lengths, resets, newCarry, step);
    }

    /** As this training step. */
    public Window atStep(long newStep) {
        return new Window(inputs, lengths, resets, carry, newStep);
    }
}
