/**
 * Layers without a state: what they give at a step they make of what they are given. Read {@link org.rnn4j.layers.feedforward.Affine} first.
 */
package org.rnn4j.layers.feedforward;
