package org.rnn4j.examples.forecast;

/**
 * A series with a season, to be forecast from every point on.
 *
 * @param name what results call it
 * @param values from the first to the last; not modified
 * @param period how many values a season has
 * @param horizon H, how many values are forecast from a point
 * @param rows N, how many training windows are in a batch
 * @param steps T, how many points a training window has
 */
record Series(String name, double[] values, int period, int horizon, int rows, int steps) {}
