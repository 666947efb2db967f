/**
 * What every program that is measured shares, ours and the peers': the same data, the same clock, the same line to print. Depends on the
 * JDK alone. Read {@link org.rnn4j.benchmarks.measure.Measurement} first.
 */
package org.rnn4j.benchmarks.measure;
