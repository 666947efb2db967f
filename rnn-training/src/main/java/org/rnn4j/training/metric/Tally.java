package org.rnn4j.training.metric;

/** Accumulates a {@link Metric}. Not thread-safe. */
public interface Tally {

    /** Adds a window. Rows continue in the next window, in the order of the calls, unless a new sequence begins there. */
    void add(Judged window);

    /**
     * Returns the number for all windows so far; more may follow.
     *
     * @throws IllegalStateException if there is no value to compute the number from
     */
    double value();
}
