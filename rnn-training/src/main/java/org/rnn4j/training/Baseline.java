package org.rnn4j.training;

/**
 * The score of a simple method.
 *
 * @param method its name: {@code 5-gram (interpolated modified Kneser-Ney)}
 * @param metric the name of the number, as the metric of the same run calls it
 * @param value the number
 */
public record Baseline(String method, String metric, double value) {
    /** The method's name up to its details: {@code 5-gram} of {@code 5-gram (interpolated modified Kneser-Ney)}. */
    public String shortMethod() {
        return method.split(" \\(|,", 2)[0];
    }
}
