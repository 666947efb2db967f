package org.rnn4j.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads plain values (maps, lists, strings, numbers, booleans), such as the progress of a checkpoint or the state of a listener. */
public final class SavedValues {
    private SavedValues() {}

    /**
     * A count: a whole number of 0 or more.
     *
     * @throws IllegalArgumentException naming the key and its value, if that is something else, including a number with a fraction
     */
    public static long number(Map<String, ?> plain, String key) {
        Object value = plain.get(key);
        boolean whole =
                value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte;
        if (!whole || ((Number) value).longValue() < 0) {
            throw wrong(plain, key, "a whole number from 0 to " + Long.MAX_VALUE);
        }
        return ((Number) value).longValue();
    }

    /** A number, which need be neither whole nor finite; refuses anything else, as {@link #number} does. */
    public static double decimal(Map<String, ?> plain, String key) {
        if (plain.get(key) instanceof Number number) {
            return number.doubleValue();
        }
        throw wrong(plain, key, "a number");
    }

    /** A text; refuses anything else, as {@link #number} does. */
    public static String text(Map<String, ?> plain, String key) {
        if (plain.get(key) instanceof String text) {
            return text;
        }
        throw wrong(plain, key, "a text");
    }

    /** A list of plain values, unmodifiable; refuses anything else, as {@link #number} does. */
    public static List<Object> list(Map<String, ?> plain, String key) {
        if (plain.get(key) instanceof List<?> list) {
            return Collections.unmodifiableList(list);
        }
        throw wrong(plain, key, "a list");
    }

    /** A list of numbers, which need be neither whole nor finite; refuses anything else, as {@link #number} does. */
    public static List<Double> decimals(Map<String, ?> plain, String key) {
        List<Double> result = new ArrayList<>();
        for (Object item : list(plain, key)) {
            String place = key + "[" + result.size() + "]";
            result.add(decimal(Collections.singletonMap(place, item), place));
        }
        return result;
    }

    /** A map of plain values; refuses anything else, as {@link #number} does. */
    public static Map<String, Object> section(Map<String, ?> plain, String key) {
        if (!(plain.get(key) instanceof Map<?, ?> map)) {
            throw wrong(plain, key, "a section of keys");
        }
        Map<String, Object> result = new LinkedHashMap<>();
        map.forEach((name, value) -> result.put((String) name, value));
        return result;
    }

    private static IllegalArgumentException wrong(Map<String, ?> plain, String key, String expected) {
        String found = plain.containsKey(key) ? "is " + Spelling.brief(String.valueOf(plain.get(key))) : "is missing";
        return new IllegalArgumentException("progress: " + key + " " + found + ", expected " + expected);
    }
}
