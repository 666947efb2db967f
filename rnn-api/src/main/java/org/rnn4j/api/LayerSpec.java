package org.rnn4j.api;

/**
 * The configuration of a node of a model: see {@link Spec}.
 *
 * @param <L> what it creates: {@link Layer}, {@link IdsLayer}, or a {@link Node} of several inputs or outputs
 */
public interface LayerSpec<L extends Node> extends Spec<L> {}
