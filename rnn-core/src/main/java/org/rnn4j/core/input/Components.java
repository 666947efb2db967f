package org.rnn4j.core.input;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;

/** Reads the components of third-party records. */
public final class Components {
    private Components() {}

    /** The value of a component. */
    public static Object value(Object record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(
                    record.getClass().getName() + ": expected a public record in a package that its module exports", e);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(
                    record.getClass().getName() + ": " + component.getName() + " cannot be read", e.getCause());
        }
    }

    /** The place of a component in what holds it: {@code nodes.lstm.layer}. */
    public static String path(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
