package org.rnn4j.core.tensor;

import org.rnn4j.api.op.Block;
import org.rnn4j.core.kernel.ChosenKernels;

/** The sum of the squares of an array: one pass, with the same bits for any number of threads. */
public final class Squares {
    /** One partial sum in float64 for so many numbers. */
    private static final int PARTIAL = 1 << 12;

    /** What a thread should have to do at least, in numbers: some ten microseconds. */
    private static final int WORTH_SHARING = 1 << 16;

    /** Squares whose sum is smaller have lost digits to underflow. */
    private static final float SMALLEST = 1e-30f;

    private Squares() {}

    /** The sum over the first {@code size} numbers, added up in float64; NaN or infinite where one of them is. */
    public static double sum(float[] numbers, int size) {
        double[] partial = new double[(size + PARTIAL - 1) / PARTIAL];
        ChosenKernels.get().split(partial.length, WORTH_SHARING / PARTIAL, (from, to) -> {
            for (int i = from; i < to; i++) {
                partial[i] = sum(numbers, i * PARTIAL, Math.min(size, (i + 1) * PARTIAL));
            }
        });
        double sum = 0;
        for (double part : partial) {
            sum += part;
        }
        return sum;
    }

    private static double sum(float[] numbers, int from, int to) {
        float sum = ChosenKernels.get().sumOfSquares(new Block(numbers, from, 1, to - from, to - from, 1, null));
        if (sum == 0 || (sum > SMALLEST && sum < Float.POSITIVE_INFINITY)) {
            return sum;
        }
        double exact = 0;
        for (int i = from; i < to; i++) {
            exact += (double) numbers[i] * numbers[i];
        }
        return exact;
    }
}
