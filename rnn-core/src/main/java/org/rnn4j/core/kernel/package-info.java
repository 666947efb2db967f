/**
 * Kernels. Start at {@link org.rnn4j.core.kernel.PlainKernels}, which defines the results; {@code VectorKernels} computes the same bits faster, and
 * {@link org.rnn4j.core.kernel.ChosenKernels} chooses. Not exported: ops use {@link org.rnn4j.api.op.Kernels}.
 */
package org.rnn4j.core.kernel;
