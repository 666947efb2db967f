/**
 * Cells over a sequence. Read {@link org.rnn4j.layers.sequence.Time} first: T steps of any cell; {@link org.rnn4j.layers.sequence.TimeRNN},
 * {@link org.rnn4j.layers.sequence.TimeLSTM} and {@link org.rnn4j.layers.sequence.TimeGRU} are short for it. Then
 * {@link org.rnn4j.layers.sequence.Encoder} and {@link org.rnn4j.layers.sequence.Decoder}, which hand a state from one sequence to another.
 */
package org.rnn4j.layers.sequence;
