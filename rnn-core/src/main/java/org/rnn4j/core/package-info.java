/** Models, their parameters and gradients, and the float32 tensor that computes them. */
package org.rnn4j.core;
