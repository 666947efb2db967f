package org.rnn4j.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Public records by the name that stands behind {@code type:} in a configuration, kind by kind. A kind is an interface, such as {@link Spec}
 * for layers, cells and losses; each lies in the module that uses it. The classes of a kind are loaded when it is asked for, and not before.
 *
 * <pre>{@code
 * Types.of(Spec.class, () -> Map.of("acme.Mgu", Mgu.class))
 *         .and(UpdateRule.class, () -> Map.of("acme.Lion", Lion.class));
 * }</pre>
 *
 * <p>Immutable.
 */
public final class Types {
    private final Map<Class<?>, Supplier<?>> kinds;
    private final Map<Class<?>, Map<String, UnaryOperator<Map<String, Object>>>> aliases;

    private Types(
            Map<Class<?>, Supplier<?>> kinds, Map<Class<?>, Map<String, UnaryOperator<Map<String, Object>>>> aliases) {
        this.kinds = kinds;
        this.aliases = aliases;
    }

    /**
     * Types of one kind.
     *
     * @param types by name; names without a dot belong to RNN4J, others use {@code vendor.Name}
     */
    public static <K> Types of(Class<K> kind, Supplier<? extends Map<String, ? extends Class<? extends K>>> types) {
        return new Types(Map.of(), Map.of()).and(kind, types);
    }

    /**
     * These types and others.
     *
     * @throws IllegalArgumentException where there are types of that kind already
     */
    public <K> Types and(Class<K> kind, Supplier<? extends Map<String, ? extends Class<? extends K>>> types) {
        Map<Class<?>, Supplier<?>> all = new LinkedHashMap<>(kinds);
        if (all.put(kind, types) != null) {
            throw new IllegalArgumentException(
                    "the kind " + kind.getName() + " is named twice, expected all its types at once");
        }
        return new Types(all, aliases);
    }

    /**
     * These types and other names for them, such as what another library calls them, or what they were called before. A configuration under such a
     * name is read as the one that its function gives: component names and plain values, and {@code type}. It is never written.
     *
     * @param names by other name, what makes of the configuration without its {@code type} the one that is meant; it gets a copy
     * @throws IllegalArgumentException where there are other names of that kind already
     */
    public Types alias(Class<?> kind, Map<String, UnaryOperator<Map<String, Object>>> names) {
        Map<Class<?>, Map<String, UnaryOperator<Map<String, Object>>>> all = new LinkedHashMap<>(aliases);
        if (all.put(kind, Map.copyOf(names)) != null) {
            throw new IllegalArgumentException(
                    "the kind " + kind.getName() + " has other names twice, expected all at once");
        }
        return new Types(kinds, all);
    }

    /** The other names of a kind's types; empty where there are none. */
    public Map<String, UnaryOperator<Map<String, Object>>> aliases(Class<?> kind) {
        return aliases.getOrDefault(kind, Map.of());
    }

    /** Which kinds there are types of. */
    public Set<Class<?>> kinds() {
        return Collections.unmodifiableSet(kinds.keySet());
    }

    /** The types of a kind by name; empty where there are none. */
    @SuppressWarnings("unchecked") // what is behind a kind was given with it
    public Map<String, Class<?>> in(Class<?> kind) {
        Supplier<?> types = kinds.get(kind);
        return types == null ? Map.of() : (Map<String, Class<?>>) types.get();
    }
}
