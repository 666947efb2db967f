/**
 * Number crunching. Start at {@link org.rnn4j.core.kernel.PlainKernels}, which says what is computed; {@code VectorKernels} computes the same
 * bits faster, and {@link org.rnn4j.core.kernel.ChosenKernels} chooses. Not exported: ops see {@link org.rnn4j.api.op.Kernels}.
 */
package org.rnn4j.core.kernel;
