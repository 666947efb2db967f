/**
 * The wiring of a run from one configuration file with Guice. Read {@link org.rnn4j.run.inject.RunModule}, and {@link
 * org.rnn4j.run.RunConfiguration} for what the file says; {@link org.rnn4j.run.TrainingRun} shows the same without Guice.
 */
package org.rnn4j.run.inject;
