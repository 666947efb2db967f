/**
 * The built-in losses. Read {@link org.rnn4j.layers.loss.SoftmaxCrossEntropy} first.
 *
 * <p>A loss is a mean over the valid positions of a window: the steps before each row's end. What stands past the end, be it NaN,
 * reaches neither the loss nor a gradient, and where no position is valid the loss and all gradients are 0. An output without a
 * time axis has one position a row, which is valid unless the row's length is 0. So has {@link org.rnn4j.layers.loss.Ctc}, whose labels are
 * those of a whole row.
 */
package org.rnn4j.layers.loss;
