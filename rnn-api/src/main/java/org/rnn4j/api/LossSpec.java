package org.rnn4j.api;

/** The configuration of a loss: see {@link Spec}. A loss has no parameters; what its {@code create} is given has none to hand out. */
public interface LossSpec extends Spec<Loss> {}
