package org.rnn4j.serialization.configuration;

import static org.rnn4j.serialization.configuration.TypeNames.TYPE;
import static org.rnn4j.serialization.configuration.TypeNames.VERSION;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.rnn4j.api.Alias;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Spec;
import org.rnn4j.api.TypeProvider;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Spelling;
import org.rnn4j.core.input.Components;
import org.rnn4j.core.input.Kinds;
import org.rnn4j.core.input.Reason;

/**
 * Creates objects from a {@link Tree}: records with their canonical constructors, interfaces by the key that names the type. It uses only public
 * reflection, so a module must export the package of its records but need not open it.
 *
 * @param file for messages
 * @param types the records that implement an interface
 * @param variables the value of each {@code $name}
 */
record Binder(String file, TypeNames types, Map<String, ? extends Number> variables) {
    /** The form of the names of RNN4J's own layers; those of plugins have a dot. */
    private static final Pattern OURS = Pattern.compile("[A-Z][A-Za-z0-9]*");

    /** What a component may be, for messages. */
    static final String KNOWN = "boolean, int, long, double, their wrappers, String, enums, records, layers and other"
            + " kinds that have names, and List and Map<String, …> of them";

    private static final String CHAIN = "chain";
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]*)");
    private static final Pattern DECIMAL = Pattern.compile("-?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?");

    /** An object of the type, which is not null. */
    Object bind(Tree tree, String path, Type type) {
        Class<?> raw = Reflect.raw(type);
        if (raw == List.class) {
            return list(tree, path, Reflect.argument(type, 0));
        }
        if (raw == Map.class) {
            return map(tree, path, Reflect.argument(type, 1));
        }
        if (raw == ModelSpec.class && tree instanceof Tree.Keys keys) {
            return model(keys, path);
        }
        if (raw.isRecord()) {
            return record(keys(tree, path), path, raw, List.of());
        }
        // An enum whose constants have methods of their own is abstract, as a kind with several types is.
        if (!raw.isEnum() && types.types(raw).isPresent()) {
            return ofKind(tree, path, raw, Reflect.raw(Reflect.argument(type, 0)));
        }
        return single(tree, path, raw);
    }

    /**
     * The part of a component's type that no configuration can contain: it would be written but could not be read.
     *
     * <p>Of an interface it is known only where it is bound whether it is a {@linkplain TypeNames kind}; one that is none is refused there, in both
     * directions.
     */
    static Optional<Type> refused(Type type) {
        return refused(type, new HashSet<>());
    }

    private static Optional<Type> refused(Type type, Set<Type> seen) {
        Class<?> raw = Reflect.raw(type);
        if (!seen.add(type)) {
            return Optional.empty();
        }
        if (raw == List.class) {
            return refused(Reflect.argument(type, 0), seen);
        }
        if (raw == Map.class) {
            Type key = Reflect.argument(type, 0);
            return key == String.class ? refused(Reflect.argument(type, 1), seen) : Optional.of(key);
        }
        if (raw.isRecord()) {
            return Arrays.stream(raw.getRecordComponents())
                    .flatMap(component -> refused(component.getGenericType(), seen).stream())
                    .findFirst();
        }
        boolean kind = raw.isInterface() && !Collection.class.isAssignableFrom(raw);
        return kind || !expected(raw).isEmpty() ? Optional.empty() : Optional.of(type);
    }

    /** A list of a type. */
    List<Object> list(Tree tree, String path, Type itemType) {
        if (!(tree instanceof Tree.Items list)) {
            throw wrongKind(tree, path, "a list");
        }
        List<Object> result = new ArrayList<>();
        for (Tree item : list.items()) {
            result.add(bind(item, path + "[" + result.size() + "]", itemType));
        }
        return result;
    }

    /** A map to a type, in the order of the document. */
    Map<String, Object> map(Tree tree, String path, Type valueType) {
        Map<String, Object> result = new LinkedHashMap<>();
        keys(tree, path)
                .entries()
                .forEach((key, value) -> result.put(key, bind(value, Components.path(path, key), valueType)));
        return result;
    }

    /** What is known to be a section. */
    Tree.Keys keys(Tree tree, String path) {
        if (tree instanceof Tree.Keys keys) {
            return keys;
        }
        throw wrongKind(tree, path, "a section of keys");
    }

    /** The long form, or the short one for layers that follow one another. */
    private Object model(Tree.Keys keys, String path) {
        if (!keys.entries().containsKey(CHAIN)) {
            return record(keys, path, ModelSpec.class, List.of(CHAIN));
        }
        only(keys, path, List.of(CHAIN));
        ModelSpec.Chain chain = ModelSpec.chain();
        Tree nodes = keys.entries().get(CHAIN);
        map(nodes, Components.path(path, CHAIN), LayerSpec.class)
                .forEach((name, layer) -> chain.then(name, (LayerSpec<?>) layer));
        if (((Tree.Keys) nodes).entries().isEmpty()) {
            throw error(nodes.line(), Components.path(path, CHAIN), "expected at least one layer");
        }
        return guarded(keys, path, chain::build);
    }

    private Object record(Tree.Keys keys, String path, Class<?> type, List<String> otherKeys) {
        RecordComponent[] components = type.getRecordComponents();
        List<String> known = new ArrayList<>(otherKeys);
        Arrays.stream(components).map(RecordComponent::getName).forEach(known::add);
        only(keys, path, known);
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            RecordComponent component = components[i];
            Tree value = keys.get(component.getName());
            if (value != null) {
                values[i] = bind(value, Components.path(path, component.getName()), component.getGenericType());
            } else if (component.getType().isPrimitive()) {
                throw missing(keys, path, component.getName(), expected(component.getType()));
            }
        }
        Class<?>[] parameters =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        return guarded(keys, path, () -> type.getConstructor(parameters).newInstance(values));
    }

    /** Something that may fail because of the values. */
    private interface Making {
        Object make() throws ReflectiveOperationException;
    }

    /** Puts the place in front of a constructor's message: the line of the key that the message begins with, as messages of specs do. */
    private Object guarded(Tree.Keys keys, String path, Making making) {
        RuntimeException failure;
        try {
            return making.make();
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            // The canonical constructor of a record throws nothing that is checked.
            failure = (RuntimeException) e.getCause();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    path + ": expected a public record in a package that its module exports: " + e, e);
        } catch (RuntimeException e) {
            failure = e;
        }
        String message = Reason.words(failure);
        Tree named = keys.entries().get(message.split("[ :,]", 2)[0]);
        throw new ConfigException(file, named == null ? keys.line() : named.line(), path, message, failure);
    }

    /**
     * One of the records of a kind, by its name.
     *
     * @param argument what a layer has to create, as its spec's type argument says; Object for anything and for other kinds
     */
    Object ofKind(Tree tree, String path, Class<?> kind, Class<?> argument) {
        SortedMap<String, Class<?>> all = types.types(kind)
                .orElseThrow(() -> new IllegalStateException(
                        path + ": no type names of " + kind.getName() + " are known; give them to Config.with"));
        List<String> fitting = all.keySet().stream()
                .filter(name -> fits(all.get(name), kind, argument))
                .toList();
        // All names of a node's layers are listed; if the user wrote a cell there, the text below says what to do.
        List<String> known = kind == LayerSpec.class && argument == Object.class ? List.copyOf(all.keySet()) : fitting;
        String noun = Kinds.noun(argument == Object.class ? kind : argument);
        // A name alone is short for a section that has nothing else.
        Tree.Keys keys = tree instanceof Tree.Leaf leaf
                        && leaf.kind() == Tree.Kind.TEXT
                        && !leaf.text().isEmpty()
                ? new Tree.Keys(Map.of(TYPE, leaf), leaf.line())
                : tree instanceof Tree.Keys section ? section : null;
        if (keys == null) {
            throw wrongKind(tree, path, Kinds.withArticle(noun) + ": a section with a type");
        }
        Tree named = keys.get(TYPE);
        if (named == null) {
            throw missing(keys, path, TYPE, "one of " + String.join(", ", known));
        }
        String name = (String) single(named, Components.path(path, TYPE), String.class);
        Optional<Alias> alias = types.alias(kind, name);
        if (alias.isPresent()) {
            refuseChain(kind, named, path, alias.get());
            return ofKind(meant(keys, path, name, alias.get()), path, kind, argument);
        }
        Class<?> type = all.get(name);
        if (type == null) {
            boolean noneIsOurs = noun.equals("layer")
                    && OURS.matcher(name).matches()
                    && known.stream().noneMatch(one -> OURS.matcher(one).matches());
            throw error(
                    named.line(),
                    tree == keys ? Components.path(path, TYPE) : path,
                    unknown(noun + " type", name, known)
                            + (noneIsOurs ? "; those of RNN4J are in rnn-layers, which is not on the path" : "")
                            + types.whyMissing(kind));
        }
        if (!fitting.contains(name)) {
            boolean cellAsLayer = kind == LayerSpec.class && CellSpec.class.isAssignableFrom(type);
            throw error(
                    named.line(),
                    path,
                    "expected " + Kinds.withArticle(noun) + ", got " + name + ", which is "
                            + Kinds.withArticle(Kinds.noun(created(type)))
                            + (cellAsLayer ? ": give it to the layer Time, or use its Time… form" : ""));
        }
        guarded(keys, path, () -> TypeNames.checked(kind, name, type));
        TypeProvider provider = types.provider(kind, name).orElse(null);
        if (provider == null) {
            return record(keys.without(List.of(TYPE)), path, type, List.of());
        }
        return record(migrated(keys, path, name, provider), path, type, List.of());
    }

    /** Other names stand for types, so that none can stand for itself. */
    private void refuseChain(Class<?> kind, Tree named, String path, Alias alias) {
        for (String type : alias.types()) {
            if (types.alias(kind, type).isPresent()) {
                String name = ((Tree.Leaf) named).text();
                throw error(named.line(), path, name + " is another name for " + type + ", which is one itself");
            }
        }
    }

    /** The section that one under another name stands for, each value where it was written. */
    private Tree meant(Tree.Keys keys, String path, String name, Alias alias) {
        int line = keys.get(TYPE).line();
        Map<String, Tree> entries = new LinkedHashMap<>(keys.entries());
        entries.put(TYPE, new Tree.Leaf(Tree.Kind.TEXT, alias.type(), line));
        alias.fixed().forEach((component, value) -> {
            Tree given = entries.put(component, new Tree.Leaf(Tree.Kind.TEXT, value, line));
            if (given != null) {
                throw error(
                        given.line(),
                        Components.path(path, component),
                        "is " + value + " by the name " + name + ": leave it out, or use the type " + alias.type());
            }
        });
        Tree meant = new Tree.Keys(entries, keys.line());
        return alias.outer() == null
                ? meant
                : new Tree.Keys(
                        Map.of(TYPE, new Tree.Leaf(Tree.Kind.TEXT, alias.outer(), line), alias.component(), meant),
                        keys.line());
    }

    /** Whether a type is of a kind, and creates what is wanted, as far as its declaration says. */
    private static boolean fits(Class<?> type, Class<?> kind, Class<?> wanted) {
        Class<?> created = Reflect.raw(Reflect.superArgument(type, kind));
        return kind.isAssignableFrom(type) && (created == Object.class || wanted.isAssignableFrom(created));
    }

    /** The type that a spec creates, as far as its declaration says. */
    private static Class<?> created(Class<?> type) {
        boolean layer = LayerSpec.class.isAssignableFrom(type);
        return Reflect.raw(Reflect.superArgument(type, layer ? LayerSpec.class : Spec.class));
    }

    /** The configuration of a layer as the version that its provider knows would have it. */
    private Tree.Keys migrated(Tree.Keys keys, String path, String name, TypeProvider provider) {
        int known = provider.version(name);
        Tree written = keys.get(VERSION);
        int version = written == null ? known : (int) single(written, Components.path(path, VERSION), int.class);
        Tree.Keys configuration = keys.without(List.of(TYPE, VERSION));
        if (version < 1 || version > known) {
            throw error(
                    keys.entries().get(VERSION).line(),
                    Components.path(path, VERSION),
                    "version " + version + " of " + name + " is not known, expected "
                            + (known == 1 ? "1" : "1 to " + known));
        }
        if (version == known) {
            return configuration;
        }
        return (Tree.Keys) guarded(configuration, path, () -> {
            Map<String, Object> plain = asMap(configuration.plain());
            for (int from = version; from < known; from++) {
                plain = migrated(plain, name, from, provider);
            }
            return Tree.of(plain, keys.line());
        });
    }

    private static Map<String, Object> migrated(
            Map<String, Object> plain, String name, int from, TypeProvider provider) {
        try {
            return Objects.requireNonNull(provider.migrate(name, from, plain), "it gave null");
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "the migration of " + name + " from version " + from + " failed: " + Reason.words(e), e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object plain) {
        return (Map<String, Object>) plain;
    }

    /** A single value. */
    private Object single(Tree tree, String path, Class<?> type) {
        if (expected(type).isEmpty()) {
            throw new IllegalStateException(path + ": a configuration holds no " + type.getName());
        }
        if (!(tree instanceof Tree.Leaf leaf)) {
            throw wrongKind(tree, path, expected(type));
        }
        if (type.isEnum()) {
            for (Object constant : type.getEnumConstants()) {
                if (((Enum<?>) constant).name().equalsIgnoreCase(leaf.text())) {
                    return constant;
                }
            }
            throw error(
                    leaf.line(),
                    path,
                    expectedAndGot(expected(type), leaf) + Spelling.hint(leaf.text(), constants(type)));
        }
        if (type == String.class && leaf.kind() == Tree.Kind.TEXT) {
            return leaf.text();
        }
        if (type == String.class && leaf.kind() != Tree.Kind.NULL) {
            throw error(leaf.line(), path, expectedAndGot("text", leaf) + "; put it in quotes");
        }
        if ((type == boolean.class || type == Boolean.class) && leaf.kind() == Tree.Kind.BOOLEAN) {
            return Boolean.valueOf(leaf.text());
        }
        Object number = number(leaf, path, type);
        if (number != null) {
            return number;
        }
        throw wrongKind(leaf, path, expected(type));
    }

    /** A number; null where it is none of the type. */
    private Object number(Tree.Leaf leaf, String path, Class<?> type) {
        String text = leaf.text();
        boolean variable = leaf.kind() == Tree.Kind.TEXT && text.startsWith("$");
        if (!variable && leaf.kind() != Tree.Kind.NUMBER) {
            return null;
        }
        boolean isInt = type == int.class || type == Integer.class;
        boolean isLong = type == long.class || type == Long.class;
        boolean isDouble = type == double.class || type == Double.class;
        if (!isInt && !isLong && !isDouble) {
            return null;
        }
        if (variable) {
            Number value = variables.get(text.substring(1));
            if (value == null) {
                throw error(
                        leaf.line(),
                        path,
                        unknown(
                                "name",
                                text,
                                variables.keySet().stream()
                                        .map(name -> "$" + name)
                                        .toList()));
            }
            text = value.toString();
        }
        if (isDouble) {
            double value = DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
            return Double.isFinite(value) ? value : null;
        }
        if (!WHOLE.matcher(text).matches()) {
            return null;
        }
        try {
            if (isInt) {
                return Integer.parseInt(text);
            }
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw error(
                    leaf.line(),
                    path,
                    "expected a whole number from " + (isInt ? Integer.MIN_VALUE : Long.MIN_VALUE) + " to "
                            + (isInt ? Integer.MAX_VALUE : Long.MAX_VALUE) + ", got " + text);
        }
    }

    /** Refuses keys that are not known. */
    void only(Tree.Keys keys, String path, Collection<String> known) {
        keys.entries().forEach((key, value) -> {
            if (!known.contains(key)) {
                throw error(value.line(), path, unknown("key", key, known));
            }
        });
    }

    private static String unknown(String what, String word, Collection<String> known) {
        String hint = Spelling.hint(word, known);
        String all = known.isEmpty() ? "none is known here" : "known here: " + String.join(", ", known);
        return "unknown " + what + " " + Spelling.brief(word) + (hint.isEmpty() ? "; " : hint + " ") + all;
    }

    /** That a key is missing from a section. */
    ConfigException missing(Tree.Keys keys, String path, String key, String expected) {
        return error(keys.line(), path, key + " is missing" + (expected.isEmpty() ? "" : ", expected " + expected));
    }

    private ConfigException wrongKind(Tree tree, String path, String expected) {
        return error(tree.line(), path, expectedAndGot(expected, tree));
    }

    ConfigException error(int line, String path, String problem) {
        return new ConfigException(file, line, path, problem, null);
    }

    private static String expectedAndGot(String expected, Tree tree) {
        return "expected " + expected + ", got " + got(tree);
    }

    private static String got(Tree tree) {
        if (!(tree instanceof Tree.Leaf leaf)) {
            return tree instanceof Tree.Items ? "a list" : "a section of keys";
        }
        if (leaf.text().isEmpty()) {
            return "nothing";
        }
        String text = Spelling.brief(leaf.text());
        return leaf.kind() == Tree.Kind.TEXT ? "\"" + text + "\"" : text;
    }

    /** What messages say that a value of a type is. */
    static String expected(Type type) {
        Class<?> raw = Reflect.raw(type);
        if (raw.isEnum()) {
            return "one of " + String.join(", ", constants(raw));
        }
        return switch (raw.getName()) {
            case "int", "java.lang.Integer", "long", "java.lang.Long" -> "a whole number";
            case "double", "java.lang.Double" -> "a number";
            case "boolean", "java.lang.Boolean" -> "true or false";
            case "java.lang.String" -> "text";
            default -> "";
        };
    }

    private static List<String> constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toList());
    }
}
