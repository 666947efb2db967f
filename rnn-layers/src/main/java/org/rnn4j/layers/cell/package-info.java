/**
 * Cells: one time step each. Read {@link org.rnn4j.layers.cell.RNN} first, then {@link org.rnn4j.layers.cell.LSTM}.
 *
 * <p>The weights of a cell are stacked gate by gate: {@code Wx (D,G)}, {@code Wh (H,G)}, {@code b (G)}. A kernel, such as
 * {@code LSTMKernel}, is a cell's step written by hand, with the same bits as the step that its tensors compose.
 */
package org.rnn4j.layers.cell;
