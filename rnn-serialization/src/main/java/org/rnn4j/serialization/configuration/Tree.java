package org.rnn4j.serialization.configuration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** A document as it was written, each value with its line, or the line of its key if it has one. */
sealed interface Tree {
    /** A number without a fraction or an exponent. */
    Pattern WHOLE = Pattern.compile("-?[0-9]+");

    /** The line, from 1. */
    int line();

    /** What a single value is. */
    enum Kind {
        TEXT,
        NUMBER,
        BOOLEAN,
        NULL
    }

    /**
     * A single value.
     *
     * @param text as it is in the document, without quotes
     */
    record Leaf(Kind kind, String text, int line) implements Tree {}

    /** A list of values. */
    record Items(List<Tree> items, int line) implements Tree {}

    /** Values by key, in the order of the document. */
    record Keys(Map<String, Tree> entries, int line) implements Tree {
        /** These without some keys. */
        Keys without(List<String> keys) {
            Map<String, Tree> rest = new LinkedHashMap<>(entries);
            keys.forEach(rest::remove);
            return new Keys(rest, line);
        }

        /** These with a value at the end of some keys, which lead from section to section. */
        Keys with(List<String> place, Tree value) {
            Map<String, Tree> changed = new LinkedHashMap<>(entries);
            String key = place.get(0);
            Tree inner = value;
            if (place.size() > 1) {
                if (!(entries.getOrDefault(key, new Keys(Map.of(), line)) instanceof Keys section)) {
                    throw new IllegalArgumentException(key + " is no section, expected keys");
                }
                inner = section.with(place.subList(1, place.size()), value);
            }
            changed.put(key, inner);
            return new Keys(changed, line);
        }

        /** The value of a key; null where there is none, or where it says null, which is how to leave it out in words. */
        Tree get(String key) {
            Tree value = entries.get(key);
            return value instanceof Leaf leaf && leaf.kind() == Kind.NULL ? null : value;
        }
    }

    /** A plain value (map, list, string, number, boolean, null) as a document of one line. */
    static Tree of(Object plain, int line) {
        if (plain instanceof Map<?, ?> map) {
            Map<String, Tree> entries = new LinkedHashMap<>();
            map.forEach((key, value) -> entries.put((String) key, of(value, line)));
            return new Keys(entries, line);
        }
        if (plain instanceof List<?> list) {
            return new Items(list.stream().map(item -> of(item, line)).toList(), line);
        }
        if (plain == null) {
            return new Leaf(Kind.NULL, "null", line);
        }
        Kind kind = plain instanceof Number ? Kind.NUMBER : plain instanceof Boolean ? Kind.BOOLEAN : Kind.TEXT;
        return new Leaf(kind, plain.toString(), line);
    }

    /**
     * The plain value that this represents: whole numbers are {@link Long}, others {@link Double}.
     *
     * @throws NumberFormatException if a whole number has more than 64 bits
     */
    default Object plain() {
        return plain(Tree::number);
    }

    /** The same with numbers in another form, also of those that are too large or not finite. */
    default Object plain(Function<Leaf, Object> numbers) {
        if (this instanceof Keys keys) {
            Map<String, Object> map = new LinkedHashMap<>();
            keys.entries().forEach((key, value) -> map.put(key, value.plain(numbers)));
            return map;
        }
        if (this instanceof Items list) {
            List<Object> plain = new ArrayList<>();
            list.items().forEach(item -> plain.add(item.plain(numbers)));
            return plain;
        }
        Leaf leaf = (Leaf) this;
        return switch (leaf.kind()) {
            case TEXT -> leaf.text();
            case BOOLEAN -> Boolean.valueOf(leaf.text());
            case NULL -> null;
            case NUMBER -> numbers.apply(leaf);
        };
    }

    /**
     * A number.
     *
     * @throws NumberFormatException if it is whole and has more than 64 bits, or not finite
     */
    static Object number(Leaf leaf) {
        return WHOLE.matcher(leaf.text()).matches()
                ? (Object) Long.valueOf(leaf.text())
                : (Object) Double.valueOf(leaf.text());
    }
}
