/**
 * Cells over a sequence. Read {@link org.rnn4j.layers.sequence.Time} first: T steps of any cell; {@link org.rnn4j.layers.sequence.TimeRNN},
 * {@link org.rnn4j.layers.sequence.TimeLSTM} and {@link org.rnn4j.layers.sequence.TimeGRU} are shorthand for it. Then
 * {@link org.rnn4j.layers.sequence.Encoder} and {@link org.rnn4j.layers.sequence.Decoder}, which pass a state from one sequence to another.
 */
package org.rnn4j.layers.sequence;
