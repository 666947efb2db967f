package org.rnn4j.api;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What another name for a type stands for, in configurations: what another library calls it, or what it was called before. A configuration under that name is
 * read as one of the type, and never written.
 *
 * <pre>{@code
 * Alias.of("Affine")                             // {type: TimeAffine, …} is {type: Affine, …}
 * Alias.of("Dropout").with("mask", "element")    // {type: TimeDropout, rate: 0.5} is {type: Dropout, rate: 0.5, mask: element}
 * Alias.of("LSTM").in("Bidirectional", "cell")   // {type: TimeBiLSTM, …} is {type: Bidirectional, cell: {type: LSTM, …}}
 * }</pre>
 *
 * @param type the type that is meant, by its own name
 * @param fixed values that the name implies, by component: a configuration under it must not give them
 * @param outer the type that holds what is meant, by its own name; null for none
 * @param component where {@code outer} holds it; null for none
 */
public record Alias(String type, Map<String, String> fixed, String outer, String component) {
    /** Checks that the names are there, and copies the values. */
    public Alias {
        Spec.required("type", type, "the name of a type");
        // In one order, so that of two values that are given too the same one is named.
        fixed = Collections.unmodifiableMap(new TreeMap<>(fixed));
        if ((outer == null) != (component == null)) {
            throw new IllegalArgumentException(
                    "outer is " + outer + " and component " + component + ", expected both or none");
        }
    }

    /** The types that it names: what is meant, and what holds it. */
    public List<String> types() {
        return outer == null ? List.of(type) : List.of(type, outer);
    }

    /** For a type of these components. */
    public static Alias of(String type) {
        return new Alias(type, Map.of(), null, null);
    }

    /** With a value that the name implies. */
    public Alias with(String name, String value) {
        Map<String, String> all = new TreeMap<>(fixed);
        all.put(name, value);
        return new Alias(type, all, outer, component);
    }

    /** Held by another type, whose other components take their defaults. */
    public Alias in(String type, String name) {
        return new Alias(this.type, fixed, type, name);
    }
}
