/**
 * Layers that act in training alone, so that a model does not learn its examples by heart. Read {@link org.rnn4j.layers.regularisation.Dropout} first.
 */
package org.rnn4j.layers.regularisation;
