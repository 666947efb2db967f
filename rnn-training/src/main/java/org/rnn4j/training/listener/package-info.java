/** What watches a run: progress, metrics files, curves, checkpoints, early stopping. */
package org.rnn4j.training.listener;
