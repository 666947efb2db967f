package org.rnn4j.api;

/**
 * What T time steps of a recurrent cell give.
 *
 * @param outputs the output of every step, {@code (N,T,H)}; zeros where a row is past its end
 * @param last the state of every row after its last valid step
 */
public record Run(Tensor outputs, State last) {}
