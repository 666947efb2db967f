package org.rnn4j.serialization.configuration;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.core.input.Components;

/** Converts records to plain values, which {@link Json} can write and {@link Config} reads back as equal records. */
public final class PlainValues {
    private final TypeNames types;

    private PlainValues(TypeNames types) {
        this.types = types;
    }

    /** The plain value of a record; null components are omitted. */
    public static Map<String, Object> of(Record value, TypeRegistry types) {
        return new PlainValues(new TypeNames(types)).components(value, new LinkedHashMap<>());
    }

    /** A plain value with the keys of all its maps in alphabetical order. */
    public static Object sorted(Object plain) {
        if (plain instanceof Map<?, ?> map) {
            Map<String, Object> result = new TreeMap<>();
            map.forEach((key, value) -> result.put((String) key, sorted(value)));
            return result;
        }
        if (plain instanceof List<?> list) {
            List<Object> result = new ArrayList<>();
            list.forEach(item -> result.add(sorted(item)));
            return result;
        }
        return plain;
    }

    private Map<String, Object> components(Object value, Map<String, Object> result) {
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            Object part = Components.value(value, component);
            if (part != null) {
                result.put(component.getName(), plain(component.getName(), part, component.getGenericType()));
            }
        }
        return result;
    }

    private Object plain(String name, Object value, Type declared) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is null and cannot be written: expected a value");
        }
        if (value instanceof List<?> list) {
            List<Object> result = new ArrayList<>();
            list.forEach(
                    item -> result.add(plain(name + "[" + result.size() + "]", item, Reflect.argument(declared, 0))));
            return result;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> result = new LinkedHashMap<>();
            map.forEach((key, item) -> result.put(
                    (String) key, plain(Components.path(name, (String) key), item, Reflect.argument(declared, 1))));
            return result;
        }
        if (value instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }
        if (value instanceof Double number && !Double.isFinite(number)) {
            throw new IllegalArgumentException(number + " cannot be written: expected a finite number");
        }
        Class<?> kind = Reflect.raw(declared);
        if (kind.isInterface()) {
            return typed(value, kind);
        }
        return value instanceof Record ? components(value, new LinkedHashMap<>()) : value;
    }

    private Map<String, Object> typed(Object value, Class<?> kind) {
        Map<String, Object> result = new LinkedHashMap<>();
        String name = types.name(kind, value.getClass());
        result.put(TypeNames.TYPE, name);
        types.provider(kind, name)
                .map(provider -> provider.version(name))
                .ifPresent(version -> result.put(TypeNames.VERSION, version));
        return components(value, result);
    }
}
