package org.rnn4j.run.listener;

import org.rnn4j.training.Listener;

/** The configuration of a listener, and its factory: a public record. */
@FunctionalInterface
public interface ListenerSpec {
    /**
     * A listener for one run.
     *
     * @param run the run, whose folder the listener may write to once it has started, and whose data has baselines
     */
    Listener create(RunContext run);
}
