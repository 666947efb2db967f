/**
 * Cells: one time step each. Read {@link org.rnn4j.layers.cell.RNN} first, then {@link org.rnn4j.layers.cell.LSTM}.
 *
 * <p>The weights of a cell are stacked gate by gate: {@code Wx (D,G)}, {@code Wh (H,G)}, {@code b (G)}. A kernel, such as
 * {@code LSTMKernel}, is the hand-written step of a cell; it equals the composed step up to rounding.
 */
package org.rnn4j.layers.cell;
