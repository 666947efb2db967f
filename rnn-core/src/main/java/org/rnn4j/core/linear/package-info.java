/**
 * Linear algebra on the numbers of tensors, in float64 inside: least squares and the spectrum of a matrix. Read
 * {@link org.rnn4j.core.linear.LeastSquares} first; {@link org.rnn4j.core.linear.Spectrum} has singular values and eigenvalues. No gradient flows
 * through these computations.
 */
package org.rnn4j.core.linear;
