/**
 * Metrics, and the simple baselines that they are printed with.
 *
 * <p>Read first: {@link org.rnn4j.training.metric.Metric}, whose {@link org.rnn4j.training.metric.Tally} accumulates windows. Most are a
 * {@link org.rnn4j.training.metric.Mean} of a {@link org.rnn4j.training.metric.TermMetric}'s term, and baselines are a mean of the same terms, so
 * that both numbers are computed in the same way.
 */
package org.rnn4j.training.metric;
