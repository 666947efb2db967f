/**
 * Numbers that say how good a model is, and the simple baselines that they are printed beside.
 *
 * <p>Read first: {@link org.rnn4j.training.metric.Mean}, which adds up over windows; a {@link
 * org.rnn4j.training.metric.Metric} makes the printed number of it. Baselines give a {@code Mean} too, so that theirs and
 * the model's number are made in the same way.
 */
package org.rnn4j.training.metric;
