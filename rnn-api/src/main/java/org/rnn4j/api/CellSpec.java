package org.rnn4j.api;

/** The configuration of one time step; a layer such as {@code Time} runs T of them. See {@link Spec}. */
public interface CellSpec extends Spec<Recurrent> {}
