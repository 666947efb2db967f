/**
 * Layers without a state: the output at a step depends only on the layer's inputs. Read {@link org.rnn4j.layers.feedforward.Affine} first.
 */
package org.rnn4j.layers.feedforward;
