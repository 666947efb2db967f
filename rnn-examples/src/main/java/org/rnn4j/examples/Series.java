package org.rnn4j.examples;

/**
 * A series with a season, to be forecast from every point on.
 *
 * @param name what results call it
 * @param values from the first to the last; not modified
 * @param period how many values a season has
 * @param horizon H, how many values are forecast from a point
 * @param steps T, how many points a training window has
 * @param most the most steps of training to choose from
 */
record Series(String name, double[] values, int period, int horizon, int steps, long most) {}
