/**
 * Listeners that need no folder. Read first {@link org.rnn4j.training.listener.Progress}: a run in words; then {@link
 * org.rnn4j.training.listener.EarlyStopping}. Those of a run in a folder are in the module {@code rnn-run}.
 */
package org.rnn4j.training.listener;
