package org.rnn4j.run.listener;

import java.time.Clock;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.training.DataSet;

/**
 * What a run is about and where it goes.
 *
 * @param folder where the run's files go
 * @param data what the run learns from
 * @param types which names mean what, for reading and writing checkpoints
 * @param clock for the times that are written down
 * @param displays where progress is shown
 */
public record RunContext(RunFolder folder, DataSet data, TypeRegistry types, Clock clock, Displays displays) {
    /** With the system's clock, and with progress on the terminal. */
    public RunContext(RunFolder folder, DataSet data, TypeRegistry types) {
        this(folder, data, types, Clock.systemUTC(), Displays.terminal());
    }
}
