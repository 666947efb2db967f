package org.rnn4j.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Public records by the name that follows {@code type:} in a configuration, for each kind. A kind is an interface, such as {@link Spec} for layers,
 * cells and losses, in the module that uses it. The classes of a kind are loaded when the kind is first requested.
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
    private final Map<Class<?>, Map<String, Alias>> aliases;

    private Types(Map<Class<?>, Supplier<?>> kinds, Map<Class<?>, Map<String, Alias>> aliases) {
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
     * @throws IllegalArgumentException if there are types of that kind already
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
     * These types and other names for types, see {@link Alias}.
     *
     * @param names what each other name stands for
     * @throws IllegalArgumentException if there are other names of that kind already
     */
    public Types alias(Class<?> kind, Map<String, Alias> names) {
        Map<Class<?>, Map<String, Alias>> all = new LinkedHashMap<>(aliases);
        if (all.put(kind, Map.copyOf(names)) != null) {
            throw new IllegalArgumentException(
                    "the kind " + kind.getName() + " has aliases twice, expected all aliases in one call");
        }
        return new Types(kinds, all);
    }

    /** The other names of types of a kind; empty if there are none. */
    public Map<String, Alias> aliases(Class<?> kind) {
        return aliases.getOrDefault(kind, Map.of());
    }

    /** The kinds that these types belong to. */
    public Set<Class<?>> kinds() {
        return Collections.unmodifiableSet(kinds.keySet());
    }

    /** The types of a kind by name; empty if there are none. */
    @SuppressWarnings("unchecked") // what is behind a kind was given with it
    public Map<String, Class<?>> in(Class<?> kind) {
        Supplier<?> types = kinds.get(kind);
        return types == null ? Map.of() : (Map<String, Class<?>>) types.get();
    }
}
