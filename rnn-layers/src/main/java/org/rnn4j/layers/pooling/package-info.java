/** One vector from a sequence of any length. Read {@link org.rnn4j.layers.pooling.LastValid} first. */
package org.rnn4j.layers.pooling;
