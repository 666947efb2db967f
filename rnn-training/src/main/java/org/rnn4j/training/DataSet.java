package org.rnn4j.training;

import java.util.List;
import java.util.Map;
import org.rnn4j.training.metric.Metric;

/** The data that a model is trained and validated on. */
public interface DataSet {
    /** The training part. */
    Batches training();

    /** The validation part: one epoch, in order. */
    Batches validation();

    /** The scores of simple methods on {@link #validation}, which are printed beside every result. None by default. */
    default List<Baseline> baselines() {
        return List.of();
    }

    /** Metrics that need information about the data, such as its scale, in addition to those that every run can name; these come first. */
    default List<Metric> metrics() {
        return List.of();
    }

    /** Numbers that the configuration of a model may refer to as {@code $name}, such as {@code vocabulary}. */
    default Map<String, Integer> sizes() {
        return Map.of();
    }

    /** A hash of the data and of how it is split into batches, so that a run does not resume on other data. */
    String fingerprint();
}
