package org.rnn4j.training.metric;

/** What a {@link Metric} has gathered so far. Not safe for use by several threads. */
public interface Tally {

    /** Adds a window. Rows go on in the next one, in the order of the calls, unless it says that they begin anew. */
    void add(Judged window);

    /**
     * Returns the number for all windows so far; more may follow.
     *
     * @throws IllegalStateException where there was nothing that the number could be of
     */
    double value();
}
