package org.rnn4j.run.listener;

import java.time.Clock;
import org.rnn4j.core.LayerRegistry;
import org.rnn4j.training.DataSet;

/**
 * What a run is about and where it goes.
 *
 * @param folder where the run's files go
 * @param data what the run learns from
 * @param layers for reading and writing checkpoints
 * @param clock for the times that are written down
 * @param displays where progress is shown
 */
public record RunContext(RunFolder folder, DataSet data, LayerRegistry layers, Clock clock, Displays displays) {
    /** With the system's clock, and with progress on the terminal. */
    public RunContext(RunFolder folder, DataSet data, LayerRegistry layers) {
        this(folder, data, layers, Clock.systemUTC(), Displays.terminal());
    }
}
