/**
 * Tools for testing layers: the contracts, and the float64 tensor that they run a layer on. Read {@link org.rnn4j.testkit.RecurrentContract}
 * first, or {@link org.rnn4j.testkit.LayerContract} for a layer that is not a cell. A test that extends one is a few lines long.
 * {@link org.rnn4j.testkit.OpContract}, {@link org.rnn4j.testkit.OptimizerContract} and {@link org.rnn4j.testkit.ProviderContract} are for
 * hand-written ops, update rules and providers. {@link org.rnn4j.testkit.GradientCheck}, {@link org.rnn4j.testkit.DoubleParams} and
 * {@link org.rnn4j.testkit.DoublePass} are for other tests.
 */
package org.rnn4j.testkit;
