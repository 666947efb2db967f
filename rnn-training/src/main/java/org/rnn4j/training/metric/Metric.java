package org.rnn4j.training.metric;

import java.util.Map;
import java.util.TreeMap;
import org.rnn4j.core.TypeRegistry;

/**
 * A number that says how good a model is: its name, how it is accumulated over windows, and which values are better.
 *
 * <pre>{@code
 * Tally tally = F1Metric.MACRO.begin();
 * for (Judged window : windows) {
 *     tally.add(window);
 * }
 * double f1 = tally.value();
 * }</pre>
 *
 * <p>The number should not depend on how rows are split into windows, not even in one bit: compute it from counts, from a {@link Mean}, whose sum is
 * exact, or from all terms at once.
 */
public interface Metric {
    /**
     * The metrics of a registry that need no information about the data, by label. A type is a public enum of metrics, or a public record without
     * components, in a package that its module exports. One that is neither, or whose label another has, is logged and left out.
     */
    static Map<String, Metric> named(TypeRegistry types) {
        Map<String, Metric> result = new TreeMap<>();
        types.types(Metric.class).forEach((id, type) -> {
            for (Metric metric : instances(id, type.asSubclass(Metric.class))) {
                Metric other = result.putIfAbsent(metric.label(), metric);
                if (other != null) {
                    cannotBeNamed(
                            id,
                            type,
                            "its label " + metric.label() + " is that of "
                                    + other.getClass().getName() + "; give it another label");
                }
            }
        });
        return result;
    }

    private static Metric[] instances(String id, Class<? extends Metric> type) {
        if (type.isEnum()) {
            return type.getEnumConstants();
        }
        try {
            return new Metric[] {type.getConstructor().newInstance()};
        } catch (ReflectiveOperationException e) {
            cannotBeNamed(
                    id,
                    type,
                    "expected a public enum, or a public record without components, in a package that its module exports ("
                            + e + ")");
            return new Metric[0];
        }
    }

    private static void cannotBeNamed(String id, Class<?> type, String why) {
        System.getLogger(Metric.class.getName())
                .log(
                        System.Logger.Level.WARNING,
                        "the metric type " + id + ", " + type.getName() + ", cannot be named: " + why);
    }

    /** Returns the name to print and to write in a configuration, for example "bits per character". */
    String label();

    /** Begins with no windows. */
    Tally begin();

    /** Whether a number is strictly better than another one; NaN never is. */
    boolean better(double value, double than);
}
