/**
 * Training. Read {@link org.rnn4j.training.Trainer} first, then {@link org.rnn4j.training.DataSet} (the data) and
 * {@link org.rnn4j.training.Listener} (observers). The module {@code rnn-run} builds a run on top: one configuration file, and a folder with
 * checkpoints to resume from.
 */
package org.rnn4j.training;
