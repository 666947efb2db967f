/** The command {@code ./rnn bench}. Read {@link org.rnn4j.benchmarks.Bench} first. */
package org.rnn4j.benchmarks;
