/**
 * What watches a run in a folder: a progress bar, metrics, the loss curve, checkpoints, early stopping, signals.
 *
 * <p>Read first: {@link org.rnn4j.run.listener.RunFolder}, where everything that a run leaves behind lies, then {@link
 * org.rnn4j.run.listener.ListenerSpec}. Each record here is what a configuration says of one listener, and makes it.
 *
 * <p>What lies on disk agrees with the checkpoint: listeners take up a step in {@code stepped} and {@code validated}, and checkpoints are
 * saved in {@code completed}, which comes after both, in whatever order the listeners were added.
 */
package org.rnn4j.run.listener;
