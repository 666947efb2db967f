/**
 * Which positions of the data go into which batch: index arithmetic over {@code int[]} and {@code double[]}, no tensors.
 *
 * <p>Read first: {@link org.rnn4j.training.data.ContiguousBatches} (one long text), then {@link
 * org.rnn4j.training.data.Bucketed} (many sequences) and {@link org.rnn4j.training.data.SlidingWindows} (a series).
 *
 * <p>Everything here is a pure function of the step or window number: nothing is consumed, so a resumed run needs only
 * that number. N is the number of batch rows and T the number of time steps.
 */
package org.rnn4j.training.data;
