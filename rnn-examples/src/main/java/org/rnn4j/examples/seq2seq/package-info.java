/**
 * An encoder that reads and a decoder that writes. Read first: {@link org.rnn4j.examples.seq2seq.Addition}, then
 * {@link org.rnn4j.examples.seq2seq.Dates}, with attention; their data is {@link org.rnn4j.examples.seq2seq.SumsSource} and
 * {@link org.rnn4j.examples.seq2seq.DatesSource}.
 */
package org.rnn4j.examples.seq2seq;
