package org.rnn4j.training;

/**
 * What a simple method reaches.
 *
 * @param method its name: {@code 5-gram, interpolated Kneser-Ney}
 * @param metric the name of the number, as the metric of the same run calls it
 * @param value the number
 */
public record Baseline(String method, String metric, double value) {}
