/**
 * A run from one configuration file in its own folder. Read {@link org.rnn4j.run.TrainingRun} first, then {@link org.rnn4j.run.RunConfiguration}, the
 * content of the file. {@code org.rnn4j.run.inject} does the same with Guice.
 */
package org.rnn4j.run;
