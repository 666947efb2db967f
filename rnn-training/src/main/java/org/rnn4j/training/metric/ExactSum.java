package org.rnn4j.training.metric;

import java.math.BigDecimal;
import java.util.Arrays;

/**
 * A sum of doubles without rounding errors: the same numbers give the same bits in any order.
 *
 * <p>The sum is kept as a few doubles that share no bits, so that their exact sum is the exact sum of all numbers: adding one to another leaves
 * a rounded sum and what the rounding lost, and both are kept (Shewchuk, "Adaptive precision floating-point arithmetic", 1997, theorems 7 and
 * 10). A NaN or an infinity gives what ordinary addition gives.
 */
final class ExactSum {
    private double[] parts = new double[4];
    private int count;
    private double nonFinite;

    void add(double number) {
        if (!Double.isFinite(number)) {
            nonFinite += number;
            return;
        }
        double sum = number;
        int kept = 0;
        for (int i = 0; i < count; i++) {
            double large = Math.abs(sum) < Math.abs(parts[i]) ? parts[i] : sum;
            double small = Math.abs(sum) < Math.abs(parts[i]) ? sum : parts[i];
            sum = large + small;
            double lost = small - (sum - large);
            if (lost != 0) {
                parts[kept++] = lost;
            }
        }
        if (kept == parts.length) {
            parts = Arrays.copyOf(parts, 2 * kept);
        }
        parts[kept] = sum;
        count = kept + 1;
    }

    /** The double nearest to the sum. */
    double value() {
        if (nonFinite != 0) {
            return nonFinite;
        }
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < count; i++) {
            sum = sum.add(new BigDecimal(parts[i]));
        }
        return sum.doubleValue();
    }
}
