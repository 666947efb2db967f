/** Starts the processes that are measured. Read {@link org.rnn4j.benchmarks.run.Rounds} first. */
package org.rnn4j.benchmarks.run;
