package org.rnn4j.benchmarks.measure;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What a measured program is told on its command line: {@code WORKLOAD [threads=1] [warm=2] [seconds=2] [warmup=N steps=N] …}.
 *
 * <p>By default a workload runs for a time: {@code warm} seconds that do not count, then {@code seconds} that do, and at least 3 and 5 samples.
 * With {@code steps} it runs so many samples, after {@code warmup}.
 */
public final class Settings {
    private final String workload;
    private final Map<String, String> values = new HashMap<>();

    private Settings(String workload) {
        this.workload = workload;
    }

    /** The settings of a command line. */
    public static Settings of(String... arguments) {
        if (arguments.length == 0) {
            throw new IllegalArgumentException("expected a workload, such as W1, and settings, such as threads=1");
        }
        Settings settings = new Settings(arguments[0]);
        for (String argument : Arrays.asList(arguments).subList(1, arguments.length)) {
            int equals = argument.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("argument " + argument + ": expected name=value");
            }
            settings.values.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        return settings;
    }

    /** With another number. */
    public Settings with(String name, double value) {
        Settings changed = new Settings(workload);
        changed.values.putAll(values);
        changed.values.put(name, Double.toString(value));
        return changed;
    }

    /** The name of the workload: {@code W1}. */
    public String workload() {
        return workload;
    }

    /** How many threads to compute with. */
    public int threads() {
        return get("threads", 1);
    }

    /** A whole number. */
    public int get(String name, int otherwise) {
        String value = values.get(name);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    /** A number. */
    public double get(String name, double otherwise) {
        String value = values.get(name);
        return value == null ? otherwise : Double.parseDouble(value);
    }

    /** A text. */
    public String get(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }
}
