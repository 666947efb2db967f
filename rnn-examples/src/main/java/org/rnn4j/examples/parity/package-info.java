/**
 * Which cells can count ones. Read first: {@link org.rnn4j.examples.parity.Parity}; its data is
 * {@link org.rnn4j.examples.parity.ParitySource}.
 */
package org.rnn4j.examples.parity;
