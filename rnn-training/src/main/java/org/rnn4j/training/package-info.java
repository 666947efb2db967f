/**
 * Training. Read {@link org.rnn4j.training.Trainer} first, then {@link org.rnn4j.training.DataSet} (what it learns from) and
 * {@link org.rnn4j.training.Listener} (what watches it). The module {@code rnn-run} makes a run of it: one configuration file, and a folder
 * with checkpoints to go on from.
 */
package org.rnn4j.training;
