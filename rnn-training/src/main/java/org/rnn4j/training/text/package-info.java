/**
 * From text to token ids and back, and the n-gram model that a network's result is printed beside.
 *
 * <p>Read first: {@link org.rnn4j.training.text.Corpus} (reading and splitting), then {@link
 * org.rnn4j.training.text.Vocabulary} (tokens and ids) and {@link org.rnn4j.training.text.NGram} (the baseline).
 */
package org.rnn4j.training.text;
