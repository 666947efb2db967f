/**
 * Listeners that need no folder. Read {@link org.rnn4j.training.listener.Progress} first, which reports the progress of a run, then
 * {@link org.rnn4j.training.listener.EarlyStopping}. The listeners of a run in a folder are in the module {@code rnn-run}.
 */
package org.rnn4j.training.listener;
