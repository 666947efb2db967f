/**
 * Conversion of text to token ids and batches and back, and the n-gram models that results are compared with.
 *
 * <p>Read first: {@link org.rnn4j.training.text.TextSource} and {@link org.rnn4j.training.text.TextData} (one long text), then {@link
 * org.rnn4j.training.text.Vocabulary} (tokens and ids), {@link org.rnn4j.training.text.NGram} (the baseline) and {@link
 * org.rnn4j.training.text.Sampler} (text from a model). {@link org.rnn4j.training.text.SentencesData}, {@link
 * org.rnn4j.training.text.LabelledData}, {@link org.rnn4j.training.text.TaggedData} and {@link org.rnn4j.training.text.PairsData} are for many short
 * texts: for a language model, with a class for each text, with a tag for each token, and with an answer for each text.
 */
package org.rnn4j.training.text;
