package org.rnn4j.api;

/**
 * An endless sequence of random numbers. Number {@code i} is a function of a seed, a place and {@code i} only.
 *
 * <p>There is no generator state: no draw depends on an earlier one, so training resumes without saving anything, and the number of threads does not
 * matter. The numbers of different places are unrelated.
 *
 * <p>Numbers come from the finalizer of SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators",
 * 2014) over {@code key + i * golden ratio}. Immutable. Not for cryptography.
 */
public final class Draws {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final double TO_UNIT = 1.0 / (1L << 53);

    private final long key;

    private Draws(long key) {
        this.key = key;
    }

    /** The numbers of a seed. */
    public static Draws of(long seed) {
        return new Draws(mix(seed + GOLDEN));
    }

    /** The numbers of a place below this one, such as the name of a layer or of a parameter. */
    public Draws at(String place) {
        long hash = key;
        for (int i = 0; i < place.length(); i++) {
            hash = mix(hash ^ place.charAt(i)) + GOLDEN;
        }
        return new Draws(mix(hash ^ place.length()));
    }

    /** The numbers of a numbered place below this one, such as a training step. */
    public Draws at(long number) {
        return new Draws(mix(mix(key + GOLDEN) ^ (number * GOLDEN)));
    }

    /** Number {@code i} as 64 random bits. */
    public long bits(long i) {
        return mix(key + i * GOLDEN);
    }

    /** Number {@code i}, uniform in [0,1). */
    public double uniform(long i) {
        return (bits(i) >>> 11) * TO_UNIT;
    }

    /** Number {@code i}, normal with mean 0 and deviation 1 (Box and Muller, 1958); unrelated to {@link #uniform}. */
    public double normal(long i) {
        double radius = uniform(2 * i);
        double angle = uniform(2 * i + 1);
        return StrictMath.sqrt(-2 * StrictMath.log(1 - radius)) * StrictMath.cos(2 * StrictMath.PI * angle);
    }

    /** Number {@code i}, uniform over 0 to {@code bound - 1}. */
    public int below(long i, int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound is " + bound + ", expected 1 or more");
        }
        return (int) Math.multiplyHigh(bits(i) >>> 1, 2L * bound);
    }

    /**
     * Number {@code i} of a dropout mask: 0 with probability {@code rate}, which is below 1, and otherwise {@code 1 / (1 - rate)}, so that the mean
     * is preserved. It is 0 if {@link #uniform} is below the rate.
     */
    public float dropout(double rate, long i) {
        return uniform(i) < rate ? 0 : kept(rate);
    }

    /** What dropout multiplies the numbers by that stay: {@code 1 / (1 - rate)}. */
    public static float kept(double rate) {
        return (float) (1 / (1 - rate));
    }

    private static long mix(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
