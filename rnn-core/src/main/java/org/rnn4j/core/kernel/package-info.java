/**
 * Number crunching: start at {@link org.rnn4j.core.kernel.PlainKernels}, the one implementation of
 * {@link org.rnn4j.api.op.Kernels} so far. Not exported.
 */
package org.rnn4j.core.kernel;
