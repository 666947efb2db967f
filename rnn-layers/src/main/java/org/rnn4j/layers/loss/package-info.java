/** The built-in losses. */
package org.rnn4j.layers.loss;
