/**
 * Training. Read {@link org.rnn4j.training.Trainer} first, then {@link org.rnn4j.training.DataSet} (what it learns from) and
 * {@link org.rnn4j.training.Listener} (what watches it). {@code org.rnn4j.training.inject} wires all of it from one configuration file.
 */
package org.rnn4j.training;
