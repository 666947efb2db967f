package org.rnn4j.serialization;

import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.LayerProvider;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.Spec;
import org.rnn4j.core.LayerRegistry;

/**
 * What the word behind {@code type:} in a configuration may be, for each kind of thing: an interface and the records that implement it.
 *
 * <pre>{@code
 * TypeNames names = TypeNames.of(LayerRegistry.load())
 *         .and(TypeNames.of(UpdateRule.class, Map.of("Sgd", Sgd.class, "Adam", Adam.class)));
 * }</pre>
 *
 * <p>A sealed interface, such as {@link org.rnn4j.api.Init}, needs no table: its records are known by their simple names. Immutable.
 */
public final class TypeNames {
    /** The key that says which type. */
    static final String TYPE = "type";

    /** The key that says of which version a layer's configuration is. */
    static final String VERSION = "version";

    private final Map<Class<?>, SortedMap<String, Class<?>>> tables;
    private final LayerRegistry layers;

    private TypeNames(Map<Class<?>, SortedMap<String, Class<?>>> tables, LayerRegistry layers) {
        this.tables = tables;
        this.layers = layers;
    }

    /** No names but those of sealed interfaces. */
    public static TypeNames none() {
        return new TypeNames(Map.of(), null);
    }

    /** The layers, cells and losses of a registry, with their versions and migrations. */
    public static TypeNames of(LayerRegistry layers) {
        SortedMap<String, Class<?>> types = new TreeMap<>(layers.types());
        types.forEach((id, type) -> checkRecord(id, type, List.of(TYPE, VERSION)));
        return new TypeNames(Map.of(Spec.class, types), layers);
    }

    /**
     * The names of one kind.
     *
     * @param types public records by name; copied
     */
    public static <T> TypeNames of(Class<T> kind, Map<String, ? extends Class<? extends T>> types) {
        if (!kind.isInterface() || Spec.class.isAssignableFrom(kind)) {
            throw new IllegalArgumentException(
                    kind.getName() + ": expected an interface; layers are named by their registry");
        }
        types.forEach((id, type) -> checkRecord(id, type, List.of(TYPE)));
        return new TypeNames(Map.of(kind, new TreeMap<>(types)), null);
    }

    /**
     * These names and others.
     *
     * @throws IllegalArgumentException where a name is in both, or both have a registry of layers
     */
    public TypeNames and(TypeNames others) {
        if (layers != null && others.layers != null) {
            throw new IllegalArgumentException("layers are named by two registries, expected one");
        }
        Map<Class<?>, SortedMap<String, Class<?>>> all = new HashMap<>(tables);
        others.tables.forEach((kind, types) -> {
            SortedMap<String, Class<?>> both = new TreeMap<>(types);
            all.getOrDefault(kind, Collections.emptySortedMap()).forEach((id, type) -> {
                if (both.put(id, type) != null) {
                    throw new IllegalArgumentException("the " + noun(kind) + " type " + id + " is named twice");
                }
            });
            all.put(kind, both);
        });
        return new TypeNames(all, layers != null ? layers : others.layers);
    }

    private static void checkRecord(String id, Class<?> type, List<String> reserved) {
        if (!type.isRecord()) {
            throw new IllegalArgumentException("type " + id + ": " + type.getName() + " is no record");
        }
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
    }

    /** The types of a kind by name; none where it is no kind. */
    Optional<SortedMap<String, Class<?>>> types(Class<?> kind) {
        // Layers, cells and losses share one registry, and so their names.
        Class<?> table = Spec.class.isAssignableFrom(kind) ? Spec.class : kind;
        if (!kind.isSealed() && !tables.containsKey(table)) {
            return Optional.empty();
        }
        SortedMap<String, Class<?>> types = new TreeMap<>(tables.getOrDefault(table, Collections.emptySortedMap()));
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
     * @throws IllegalArgumentException where it has none
     */
    String name(Class<?> kind, Class<?> type) {
        return types(kind).orElse(Collections.emptySortedMap()).entrySet().stream()
                .filter(entry -> entry.getValue() == type)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        type.getName() + " cannot be written: it is no " + noun(kind) + " type that has a name"));
    }

    /** Who knows the version of a layer type; none for other kinds. */
    Optional<LayerProvider> provider(Class<?> kind, String name) {
        return Spec.class.isAssignableFrom(kind) ? Optional.of(layers.provider(name)) : Optional.empty();
    }

    /** What messages call a kind: {@code update rule}. */
    static String noun(Class<?> kind) {
        if (kind == LayerSpec.class || kind == Spec.class) {
            return "layer";
        }
        return kind == CellSpec.class || kind == Recurrent.class
                ? "recurrent cell"
                : kind.getSimpleName()
                        .replaceAll("Spec$", "")
                        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                        .toLowerCase(Locale.ROOT);
    }

    /** {@code an update rule}. */
    static String withArticle(String noun) {
        return ("aeiou".indexOf(noun.charAt(0)) < 0 ? "a " : "an ") + noun;
    }
}
