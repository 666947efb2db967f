package org.rnn4j.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;

/** All laws of a contract, as JUnit would run them. */
final class Laws {
    private Laws() {}

    /** Spans that begin where these do, and end nowhere: what a layer sees that forgets lengths. */
    static Spans endless(Spans spans, Shape window) {
        boolean[][] begins = new boolean[window.dim(0)][window.dim(1)];
        for (int n = 0; n < begins.length; n++) {
            for (int t = 0; t < begins[n].length; t++) {
                begins[n][t] = spans.begins(n, t);
            }
        }
        return Spans.full().beginning(begins);
    }

    /** The methods that are laws. */
    static Set<String> of(Class<?> contract) {
        SortedMap<String, Method> laws = new TreeMap<>();
        for (Method method : contract.getDeclaredMethods()) {
            if (method.isAnnotationPresent(Test.class)) {
                laws.put(method.getName(), method);
            }
        }
        return laws.keySet();
    }

    /** Runs every law: the messages of those that are broken, each of which begins with the law's name, by method. */
    static SortedMap<String, String> broken(Class<?> type, Object contract) {
        SortedMap<String, String> broken = new TreeMap<>();
        for (String law : of(type)) {
            try {
                Method method = type.getDeclaredMethod(law);
                String words = method.getAnnotation(DisplayName.class).value();
                try {
                    method.invoke(contract);
                } catch (InvocationTargetException e) {
                    if (e.getCause() instanceof TestAbortedException) {
                        continue;
                    }
                    String message = String.valueOf(e.getCause().getMessage());
                    assertTrue(message.startsWith(words + ": "), () -> law + " does not name itself: " + e.getCause());
                    broken.put(law, message);
                }
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(law, e);
            }
        }
        return broken;
    }
}
