/**
 * A run from one configuration file in a folder of its own. Read {@link org.rnn4j.training.run.TrainingRun} first, then
 * {@link org.rnn4j.training.run.RunConfiguration}: what the file says. Stands above all other packages of training but
 * {@code org.rnn4j.training.inject}, which does the same with Guice.
 */
package org.rnn4j.training.run;
