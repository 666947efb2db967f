package org.rnn4j.training.data;

/**
 * Some windows of a series and the values that follow them; the seam to the tensor types.
 *
 * @param inputs (N,W), the values that the model reads
 * @param targets (N,H), the values that it should predict
 */
public record SeriesBatch(double[][] inputs, double[][] targets) {}
