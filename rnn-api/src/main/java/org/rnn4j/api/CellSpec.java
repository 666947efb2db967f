package org.rnn4j.api;

/** The configuration of one time step, of which a layer such as {@code Time} makes T: see {@link Spec}. */
public interface CellSpec extends Spec<Recurrent> {}
