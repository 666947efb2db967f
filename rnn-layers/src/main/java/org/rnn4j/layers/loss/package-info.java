/**
 * The built-in losses. Read {@link org.rnn4j.layers.loss.SoftmaxCrossEntropy} first.
 *
 * <p>A loss is a mean over the valid positions of a window: the steps before each row's end. Values past the end, even NaN, affect neither the loss
 * nor a gradient. If no position is valid, the loss and all gradients are 0. An output without a time axis has one position per row, which is valid
 * unless the row's length is 0. The same holds for {@link org.rnn4j.layers.loss.Ctc}, whose labels belong to a whole row.
 */
package org.rnn4j.layers.loss;
