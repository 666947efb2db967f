package org.rnn4j.training;

import java.util.List;
import java.util.Map;
import org.rnn4j.training.metric.Metric;

/** What a model is trained on and judged by. */
public interface DataSet {
    /** What to learn from. */
    Batches training();

    /** What to judge by: one epoch, in order. */
    Batches validation();

    /** What simple methods reach on {@link #validation}: every result is printed beside them. None where nothing is said. */
    default List<Baseline> baselines() {
        return List.of();
    }

    /** Metrics that need to know something of the data, such as its scale, beside those that every run can name; these come first. */
    default List<Metric> metrics() {
        return List.of();
    }

    /** Numbers that a model's configuration may refer to as {@code $name}, such as {@code vocabulary}. */
    default Map<String, Integer> sizes() {
        return Map.of();
    }

    /** A hash of the data and of how it is cut into batches, so that a run does not resume on other data. */
    String fingerprint();
}
