/**
 * The float32 autograd tensor. Start at {@link org.rnn4j.core.tensor.FloatTensor}; {@code Backward} computes gradients from
 * what was {@code Recorded}, and {@code Replay} repeats what a session's {@code Trace} saw. Most other files are one op with its gradient.
 * Not exported.
 */
package org.rnn4j.core.tensor;
