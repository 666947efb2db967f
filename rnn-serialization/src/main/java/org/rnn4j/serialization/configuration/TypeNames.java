package org.rnn4j.serialization.configuration;

import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.rnn4j.api.Alias;
import org.rnn4j.api.Spec;
import org.rnn4j.api.TypeProvider;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.core.input.Kinds;

/**
 * The words that may follow {@code type:} in a configuration, for each kind: an interface and the records that implement it. A sealed
 * interface, such as {@link org.rnn4j.api.Init}, needs no registry: its records are known by their simple names.
 *
 * @param registry null for none
 */
record TypeNames(TypeRegistry registry) {
    /** The key that says which type. */
    static final String TYPE = "type";

    /** The key that says of which version a layer's configuration is. */
    static final String VERSION = "version";

    /**
     * Checks that a configuration can contain a type, and returns it. The check is made only when the type is named.
     *
     * @throws IllegalArgumentException naming it and its component
     */
    static Class<?> checked(Class<?> kind, String id, Class<?> type) {
        if (!type.isRecord()) {
            throw new IllegalArgumentException("type " + id + ": " + type.getName() + " is no record");
        }
        List<String> reserved = isSpec(kind) ? List.of(TYPE, VERSION) : List.of(TYPE);
        for (RecordComponent component : type.getRecordComponents()) {
            String problem = reserved.contains(component.getName())
                    ? ", which is a word of the configuration itself"
                    : Binder.refused(component.getGenericType())
                            .map(part -> " with " + part.getTypeName() + " in it: expected " + Binder.KNOWN)
                            .orElse("");
            if (!problem.isEmpty()) {
                throw new IllegalArgumentException(
                        "type " + id + ": " + type.getName() + " has a component " + component.getName() + problem);
            }
        }
        return type;
    }

    private static boolean isSpec(Class<?> kind) {
        return Spec.class.isAssignableFrom(kind);
    }

    /** Layers, cells and losses have their names in one table. */
    private static Class<?> table(Class<?> kind) {
        return isSpec(kind) ? Spec.class : kind;
    }

    /** The types of a kind by name; none where it is no kind. */
    Optional<SortedMap<String, Class<?>>> types(Class<?> kind) {
        boolean isRegistered = registry != null && registry.isKind(table(kind));
        if (!kind.isSealed() && !isRegistered) {
            return Optional.empty();
        }
        SortedMap<String, Class<?>> types = new TreeMap<>(isRegistered ? registry.types(table(kind)) : Map.of());
        if (kind.isSealed()) {
            for (Class<?> type : kind.getPermittedSubclasses()) {
                if (type.isRecord()) {
                    types.put(type.getSimpleName(), type);
                }
            }
        }
        return Optional.of(types);
    }

    /**
     * The name of a type of a kind.
     *
     * @throws IllegalArgumentException if it has none
     */
    String name(Class<?> kind, Class<?> type) {
        String name = types(kind).orElse(Collections.emptySortedMap()).entrySet().stream()
                .filter(entry -> entry.getValue() == type)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        type.getName() + " cannot be written: it is no " + Kinds.noun(kind) + " type that has a name"));
        checked(kind, name, type);
        return name;
    }

    /** The provider that knows the version of a layer type; none for other kinds. */
    Optional<TypeProvider> provider(Class<?> kind, String name) {
        return isSpec(kind) ? Optional.of(registry.provider(Spec.class, name)) : Optional.empty();
    }

    /** What another name stands for; empty if the name is none. */
    Optional<Alias> alias(Class<?> kind, String name) {
        return registry == null ? Optional.empty() : registry.alias(table(kind), name);
    }

    /** The end of the message about an unknown name: providers that could not be used. */
    String whyMissing(Class<?> kind) {
        return registry == null ? "" : registry.whyMissing(table(kind));
    }
}
