/**
 * The built-in cells, layers and losses, as {@link org.rnn4j.layers.Layers} names them. Read {@link org.rnn4j.layers.cell.RNN} first: one time step, its
 * equation, and what its gradient needs. Then {@link org.rnn4j.layers.sequence.Time}, which runs any cell over a window, and
 * {@link org.rnn4j.layers.cell.LSTM}.
 *
 * <p>A package is an idea: {@code cell} one time step; {@code sequence} T of them, encoders and decoders; {@code attention} looks at another
 * sequence; {@code pooling} makes one vector of a sequence; {@code feedforward} has no state; {@code regularisation} acts in training alone;
 * {@code loss} says what to make small.
 *
 * <p>A record is a layer's configuration; what its {@code create} gives is the layer. Everything here is made from {@code org.rnn4j.api} alone, as
 * anybody else's layer is: each file is also an example of how to write one.
 */
package org.rnn4j.layers;
