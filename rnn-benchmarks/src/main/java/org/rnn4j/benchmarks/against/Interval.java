package org.rnn4j.benchmarks.against;

import java.util.Collection;
import java.util.Optional;

/**
 * Where the median of a distribution lies, whatever the distribution is: between the k-th smallest and the k-th largest of n numbers drawn from
 * it, which holds both with the probability {@code 1 - 2·P(at most k - 1 heads in n throws)}. k is the largest with which that is at least 95 %.
 *
 * @param low the k-th smallest
 * @param high the k-th largest
 */
public record Interval(double low, double high) {
    private static final double CONFIDENCE = 0.95;

    /** Nothing of fewer than six numbers, whose extremes are not sure enough. */
    public static Optional<Interval> ofMedian(Collection<Double> numbers) {
        double[] sorted =
                numbers.stream().mapToDouble(number -> number).sorted().toArray();
        int k = 0;
        double outside = 0; // P(at most k - 1 heads)
        double term = StrictMath.pow(0.5, sorted.length); // P(k heads)
        while (2 * (outside + term) <= 1 - CONFIDENCE) {
            outside += term;
            term *= (double) (sorted.length - k) / (k + 1);
            k++;
        }
        return k == 0 ? Optional.empty() : Optional.of(new Interval(sorted[k - 1], sorted[sorted.length - k]));
    }
}
