/** One vector of a sequence, whatever its length. Read {@link org.rnn4j.layers.pooling.LastValid} first. */
package org.rnn4j.layers.pooling;
