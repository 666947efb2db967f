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
     * The metrics of a registry that need no information about the data, by label. A type is an enum of metrics, or a record with a constructor
     * without parameters.
     *
     * @throws IllegalStateException if one is neither, or two have one label
     */
    static Map<String, Metric> named(TypeRegistry types) {
        Map<String, Metric> result = new TreeMap<>();
        types.types(Metric.class).forEach((id, type) -> {
            for (Metric metric : instances(id, type.asSubclass(Metric.class))) {
                Metric other = result.putIfAbsent(metric.label(), metric);
                if (other != null) {
                    System.getLogger(Metric.class.getName())
                            .log(
                                    System.Logger.Level.WARNING,
                                    "the metric type " + id + ", " + type.getName() + ", cannot be named: its label "
                                            + metric.label() + " is that of "
                                            + other.getClass().getName()
                                            + "; give it another label");
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
            throw new IllegalStateException(
                    "the metric type " + id + ", " + type.getName()
                            + ", cannot be made: expected a public enum, or a public record with a constructor without"
                            + " parameters",
                    e);
        }
    }

    /** Returns the name to print and to write in a configuration, for example "bits per character". */
    String label();

    /** Begins with no windows. */
    Tally begin();

    /** Whether a number is strictly better than another one; NaN never is. */
    boolean better(double value, double than);
}
