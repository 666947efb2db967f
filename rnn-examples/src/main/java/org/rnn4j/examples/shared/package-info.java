/**
 * What the examples have in common. Read first: {@link org.rnn4j.examples.shared.Runs}, then {@link org.rnn4j.examples.shared.Trained}: how a
 * configuration file is trained, and what becomes of it; {@link org.rnn4j.examples.shared.Repeats} has the options of the command line.
 */
package org.rnn4j.examples.shared;
