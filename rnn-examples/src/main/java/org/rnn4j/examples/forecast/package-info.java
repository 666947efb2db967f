/**
 * Forecasts of series with a season. Read first: {@link org.rnn4j.examples.forecast.Forecast}, then
 * {@link org.rnn4j.examples.forecast.ForecastData}: what a network reads and learns. {@link org.rnn4j.examples.forecast.Rival} has what statistics has
 * for such series.
 */
package org.rnn4j.examples.forecast;
