package org.rnn4j.run.listener;

import org.rnn4j.core.LayerRegistry;
import org.rnn4j.training.DataSet;

/**
 * What a run is about and where it goes.
 *
 * @param folder where the run's files go
 * @param data what the run learns from
 * @param layers for reading and writing checkpoints
 */
public record RunContext(RunFolder folder, DataSet data, LayerRegistry layers) {}
