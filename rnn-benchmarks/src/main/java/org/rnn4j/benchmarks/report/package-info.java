/**
 * From the lines that processes print to what a reader wants to know: medians, ratios, tables. Read
 * {@link org.rnn4j.benchmarks.report.Comparison} first.
 */
package org.rnn4j.benchmarks.report;
