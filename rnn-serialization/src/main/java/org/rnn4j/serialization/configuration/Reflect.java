package org.rnn4j.serialization.configuration;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;

/** Reflection on generic types. */
final class Reflect {
    private Reflect() {}

    /** The class of a type, without arguments; Object where it is not known. */
    static Class<?> raw(Type type) {
        if (type instanceof Class<?> raw) {
            return raw;
        }
        if (type instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        }
        if (type instanceof WildcardType wildcard) {
            return raw(wildcard.getUpperBounds()[0]);
        }
        return Object.class;
    }

    /** A type argument; Object if it is omitted. */
    static Type argument(Type type, int index) {
        if (type instanceof WildcardType wildcard) {
            return argument(wildcard.getUpperBounds()[0], index);
        }
        return type instanceof ParameterizedType parameterized
                ? parameterized.getActualTypeArguments()[index]
                : Object.class;
    }

    /** The argument with which a type implements a generic interface; Object where it is not known. */
    static Type superArgument(Class<?> type, Class<?> generic) {
        for (Type implemented : type.getGenericInterfaces()) {
            Type found =
                    raw(implemented) == generic ? argument(implemented, 0) : superArgument(raw(implemented), generic);
            if (found != Object.class) {
                return found;
            }
        }
        return Object.class;
    }
}
