package org.rnn4j.benchmarks.measure;

/**
 * Numbers in [0,1) of a 48-bit linear congruential generator, the same in every program that is measured, whatever its language.
 *
 * <pre>
 * s = s * 0x5DEECE66D + 11 mod 2^48,   number = (the 24 high bits of s) / 2^24
 * </pre>
 */
public final class Uniform {
    private static final long MULTIPLIER = 0x5DEECE66DL;
    private static final long MASK = (1L << 48) - 1;

    private long state;

    /** The numbers of a seed. */
    public Uniform(long seed) {
        state = (seed ^ MULTIPLIER) & MASK;
    }

    /** The next number. */
    public double next() {
        state = (state * MULTIPLIER + 11) & MASK;
        return (state >>> 24) / (double) (1 << 24);
    }

    /** The next numbers, less one half. */
    public float[] centred(int size) {
        float[] numbers = new float[size];
        for (int i = 0; i < size; i++) {
            numbers[i] = (float) (next() - 0.5);
        }
        return numbers;
    }
}
