package org.rnn4j.training.listener;

import org.rnn4j.training.DataSet;
import org.rnn4j.training.Listener;

/** The configuration of a listener, and its factory: a public record. */
@FunctionalInterface
public interface ListenerSpec {
    /**
     * A listener for one run.
     *
     * @param folder where it may write, once the run has started
     * @param data what the run learns from, for its baselines
     */
    Listener create(RunFolder folder, DataSet data);
}
