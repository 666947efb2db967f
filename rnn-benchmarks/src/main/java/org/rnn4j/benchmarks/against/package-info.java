/**
 * The working tree beside another commit, on a machine whose neighbours take half a core for seconds at a time. Read
 * {@link org.rnn4j.benchmarks.against.Turns} first.
 */
package org.rnn4j.benchmarks.against;
