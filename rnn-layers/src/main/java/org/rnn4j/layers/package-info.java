/**
 * The built-in cells, layers and losses, as {@link org.rnn4j.layers.Layers} names them. Read {@link org.rnn4j.layers.cell.RNN} first: one time step, its
 * equation, and what its gradient needs. Then {@link org.rnn4j.layers.sequence.Time}, which runs any cell over a window, and
 * {@link org.rnn4j.layers.cell.LSTM}.
 *
 * <p>The packages: {@code cell}: one time step; {@code sequence}: T steps, encoders and decoders; {@code attention}: attention to another sequence;
 * {@code pooling}: one vector from a sequence; {@code feedforward}: layers that are not recurrent, and containers; {@code regularisation}: layers that act only in training;
 * {@code loss}: what training minimizes.
 *
 * <p>A record is the configuration of a layer; its {@code create} returns the layer. Everything here uses {@code org.rnn4j.api} only, as a
 * third-party layer does, so each file is also an example of how to write one.
 */
package org.rnn4j.layers;
