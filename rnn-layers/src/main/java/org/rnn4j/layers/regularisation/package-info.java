/**
 * Layers that act only in training and reduce overfitting. Read {@link org.rnn4j.layers.regularisation.Dropout} first.
 */
package org.rnn4j.layers.regularisation;
