/**
 * The float32 autograd tensor. Start at {@link org.rnn4j.core.tensor.FloatTensor}; every other file but {@code Recorded},
 * {@code Storage} and {@code Backward} is one op with its gradient. Not exported.
 */
package org.rnn4j.core.tensor;
