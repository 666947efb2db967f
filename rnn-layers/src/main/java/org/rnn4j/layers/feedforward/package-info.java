/**
 * Layers that are not recurrent: tables, products, convolutions, normalisation, and containers of other layers. Read {@link org.rnn4j.layers.feedforward.Affine} first.
 */
package org.rnn4j.layers.feedforward;
