/**
 * The interfaces that a layer is written against. Read {@link org.rnn4j.api.Recurrent} first (one time step; most plugins need nothing else),
 * then {@link org.rnn4j.api.Layer}, {@link org.rnn4j.api.LayerSpec} and {@link org.rnn4j.api.TypeProvider}.
 *
 * <p>The notation of this project: N batch rows, T time steps, D input width, H hidden width, V vocabulary size,
 * G gates times hidden width. Arrays are batch-major, {@code (N,T,D)}. {@code dWx} is the gradient of the loss with respect to
 * {@code Wx}.
 */
package org.rnn4j.api;
