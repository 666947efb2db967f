package org.rnn4j.api;

/** The configuration of a loss: see {@link Spec}. A loss has no parameters: the {@link Params} that its {@code create} gets is empty. */
public interface LossSpec extends Spec<Loss> {}
