package org.rnn4j.run.listener;

import java.time.Clock;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.training.DataSet;

/**
 * The data of a run and where its output goes.
 *
 * @param folder where the run's files go
 * @param data the data of the run
 * @param types the types that names refer to, for reading and writing checkpoints
 * @param clock for recorded times
 * @param displays shows progress
 */
public record RunContext(RunFolder folder, DataSet data, TypeRegistry types, Clock clock, Displays displays) {
    /** With the system's clock, and with progress on the terminal. */
    public RunContext(RunFolder folder, DataSet data, TypeRegistry types) {
        this(folder, data, types, Clock.systemUTC(), Displays.terminal());
    }
}
