/**
 * Numbers that say how good a model is, and the simple baselines that they are printed beside.
 *
 * <p>Read first: {@link org.rnn4j.training.metric.Metric}, whose {@link org.rnn4j.training.metric.Tally} grows window by
 * window. Most are a {@link org.rnn4j.training.metric.Mean} of a {@link org.rnn4j.training.metric.TermMetric}'s term, and
 * baselines give a mean of the same terms, so that theirs and the model's number are made in the same way.
 */
package org.rnn4j.training.metric;
