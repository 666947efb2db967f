package org.rnn4j.training.metric;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A number that says how good a model is: what it is called, how it grows out of windows, and which values are better.
 *
 * <pre>{@code
 * Tally tally = F1Metric.MACRO.begin();
 * for (Judged window : windows) {
 *     tally.add(window);
 * }
 * double f1 = tally.value();
 * }</pre>
 *
 * <p>The number should not depend on how rows are cut into windows, not in one bit: make it of counts, of a {@link Mean}, whose sum is exact, or
 * of all terms at once.
 */
public interface Metric {
    /** Those of this module that need to know nothing of the data, by label. */
    static Map<String, Metric> builtIn() {
        return Stream.of(
                        LikelihoodMetric.values(),
                        ComparisonMetric.values(),
                        F1Metric.values(),
                        SequenceMetric.values(),
                        new Metric[] {new Auc(), new Smape(0)})
                .flatMap(Arrays::stream)
                .collect(Collectors.toMap(Metric::label, metric -> metric));
    }

    /** Returns the name to print and to write in a configuration, for example "bits per character". */
    String label();

    /** Begins with no windows. */
    Tally begin();

    /** Says whether a number is strictly better than another one; a NaN never is. */
    boolean better(double value, double than);
}
