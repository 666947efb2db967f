package org.rnn4j.benchmarks.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A line that a measured process printed: {@code RESULT work=W1 median=0.63 …}, {@code COLD work=W1 first_step_done_s=0.7}.
 *
 * @param kind its first word
 * @param fields the others, by name
 */
public record Result(String kind, Map<String, String> fields) {
    /** Copies the map. */
    public Result {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** What a line says; nothing where it is of another kind, such as a message of a library. */
    public static Optional<Result> parse(String line) {
        String[] words = line.strip().split(" +", -1);
        if (!words[0].matches("[A-Z]+") || words.length < 2) {
            return Optional.empty();
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 1; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            if (equals < 1) {
                return Optional.empty();
            }
            fields.put(words[i].substring(0, equals), words[i].substring(equals + 1));
        }
        return Optional.of(new Result(words[0], fields));
    }

    /** What was measured. */
    public String work() {
        return text("work");
    }

    /** A field. */
    public String text(String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("a " + kind + " line has no " + name + ": " + fields);
        }
        return value;
    }

    /** A field that is a number; NaN where the process did not say. */
    public double number(String name) {
        String value = fields.get(name);
        return value == null ? Double.NaN : Double.parseDouble(value);
    }
}
