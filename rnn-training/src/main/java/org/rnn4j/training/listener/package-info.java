/** Listeners that need no folder: progress in words, and early stopping. Those of a run in a folder are in {@code rnn-run}. */
package org.rnn4j.training.listener;
