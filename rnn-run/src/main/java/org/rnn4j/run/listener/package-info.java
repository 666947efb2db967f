/**
 * The listeners of a run in a folder: a progress bar, metrics, the loss curve, checkpoints, early stopping, signals.
 *
 * <p>Read first: {@link org.rnn4j.run.listener.RunFolder}, the files of a run, then {@link org.rnn4j.run.listener.ListenerSpec}. Each record here is
 * the configuration of one listener, and creates it.
 *
 * <p>The files on disk agree with the checkpoint: listeners process a step in {@code stepped} and {@code validated}, and checkpoints are saved in
 * {@code completed}, which is called after both, in whatever order the listeners were added.
 */
package org.rnn4j.run.listener;
