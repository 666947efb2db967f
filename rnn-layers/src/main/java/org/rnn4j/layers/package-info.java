/** The built-in cells and layers. */
package org.rnn4j.layers;
