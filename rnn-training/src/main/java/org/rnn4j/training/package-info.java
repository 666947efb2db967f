/**
 * Training. Read {@link org.rnn4j.training.Trainer} first, then {@link org.rnn4j.training.DataSet} (what it learns from) and
 * {@link org.rnn4j.training.Listener} (what watches it). A {@link org.rnn4j.training.TrainingRun} is all of it in
 * a folder; {@code org.rnn4j.training.inject} wires it from one configuration file ({@link org.rnn4j.training.RunConfiguration}).
 */
package org.rnn4j.training;
