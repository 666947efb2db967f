/**
 * Data sources, and how data is split into batches.
 *
 * <p>Read first: {@link org.rnn4j.training.data.DataSource} (a configuration's section {@code data}), then {@link
 * org.rnn4j.training.data.ContiguousBatches} (one long text), {@link org.rnn4j.training.data.SequenceBatches} (many sequences) and {@link
 * org.rnn4j.training.data.SlidingWindows} (a series, of which {@link org.rnn4j.training.data.SeriesData} makes a data set). Data sets of texts are
 * in {@code org.rnn4j.training.text}.
 *
 * <p>A batch is a pure function of its number: nothing is consumed, so a resumed run needs only that number. N is the number of batch rows, T
 * the number of time steps and H the horizon of a forecast.
 */
package org.rnn4j.training.data;
