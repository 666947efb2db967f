package org.rnn4j.api;

/**
 * What one time step of a recurrent cell gives.
 *
 * @param output what the next layer sees, {@code (N,H)}
 * @param state what the next step starts from
 */
public record Step(Tensor output, State state) {}
