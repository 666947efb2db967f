package org.rnn4j.core.tensor;

import org.rnn4j.api.Ids;
import org.rnn4j.api.Shape;

/**
 * The ids of a session's step while it is recorded: reading one is reported to the trace. Ops that take ids get {@link #unwrapped} ones, because
 * {@link Replay} can run them again for other ids.
 */
record TracedIds(Ids ids, Trace trace) implements Ids {
    /** The ids, to be read without being seen. */
    static Ids unwrapped(Ids ids) {
        return ids instanceof TracedIds traced ? traced.ids : ids;
    }

    /** The trace that the ids came in with; null where there is none. */
    static Trace traceOf(Ids ids) {
        return ids instanceof TracedIds traced ? traced.trace : null;
    }

    @Override
    public Shape shape() {
        return ids.shape();
    }

    private Ids read() {
        trace.wasRead();
        return ids;
    }

    @Override
    public int at(int position) {
        return read().at(position);
    }

    @Override
    public int[] toArray() {
        return read().toArray();
    }

    @Override
    public boolean equals(Object other) {
        return read().equals(other);
    }

    @Override
    public int hashCode() {
        return read().hashCode();
    }

    @Override
    public String toString() {
        return ids.toString();
    }
}
