/**
 * A run from one configuration file in a folder of its own. Read {@link org.rnn4j.run.TrainingRun} first, then
 * {@link org.rnn4j.run.RunConfiguration}: what the file says. {@code org.rnn4j.run.inject} does the
 * same with Guice.
 */
package org.rnn4j.run;
