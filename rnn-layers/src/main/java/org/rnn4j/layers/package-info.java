/**
 * The built-in cells and layers. Read {@link org.rnn4j.layers.RNN} first: one time step, its equation, and what its gradient needs.
 * Then {@link org.rnn4j.layers.Time}, which runs any cell over a window, and {@link org.rnn4j.layers.LSTM}.
 *
 * <p>{@code RNN}, {@code LSTM} and {@code GRU} are one step; {@code TimeRNN}, {@code TimeLSTM} and {@code TimeGRU} are T steps. A
 * record is a layer's configuration; what its {@code create} gives is the layer. Everything here is made from {@code org.rnn4j.api}
 * alone, as anybody else's layer is: each file is also an example of how to write one.
 *
 * <p>The weights of a cell are stacked gate by gate: {@code Wx (D,G)}, {@code Wh (H,G)}, {@code b (G)}.
 */
package org.rnn4j.layers;
