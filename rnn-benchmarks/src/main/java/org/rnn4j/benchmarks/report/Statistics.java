package org.rnn4j.benchmarks.report;

import java.util.Arrays;
import java.util.Collection;

/** What is said of several numbers. */
public final class Statistics {
    private Statistics() {}

    /** The one in the middle; of an even count, the mean of the two there. */
    public static double median(Collection<Double> numbers) {
        double[] sorted = sorted(numbers);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** The distance between the largest and the smallest, as a part of the median. */
    public static double spread(Collection<Double> numbers) {
        double[] sorted = sorted(numbers);
        return (sorted[sorted.length - 1] - sorted[0]) / median(numbers);
    }

    /** {@code (x_1·…·x_n)^(1/n)}. */
    public static double geometricMean(Collection<Double> numbers) {
        double logs = 0;
        for (double number : sorted(numbers)) {
            logs += StrictMath.log(number);
        }
        return StrictMath.exp(logs / numbers.size());
    }

    private static double[] sorted(Collection<Double> numbers) {
        if (numbers.isEmpty()) {
            throw new IllegalArgumentException("no numbers");
        }
        double[] sorted = numbers.stream().mapToDouble(number -> number).toArray();
        Arrays.sort(sorted);
        return sorted;
    }
}
