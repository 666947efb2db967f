package org.rnn4j.core.kernel;

/** Fused multiply-add, where the CPU has it. */
final class Fma {
    /**
     * Whether {@link Math#fma} is one instruction. Where it is not, it is exact arithmetic on objects, some microseconds a call, and everything
     * is computed with two roundings instead: the results then differ in the last bits from those of other machines.
     */
    static final boolean FUSED = isFast();

    private static final int CALLS = 100;
    private static final long SLOW_NANOS = 1_000;

    private Fma() {}

    /** {@code a * b + c}. */
    static float fma(float a, float b, float c) {
        return FUSED ? Math.fma(a, b, c) : a * b + c;
    }

    /** The best of a few tries, so that an interruption does not count. */
    private static boolean isFast() {
        float value = 0.5f;
        for (int i = 0; i < 5; i++) {
            long start = System.nanoTime();
            for (int call = 0; call < CALLS; call++) {
                value = Math.fma(value, 0.5f, 1f);
            }
            // The value is always positive; asking keeps the loop from being compiled away.
            if (System.nanoTime() - start < CALLS * SLOW_NANOS && value > 0) {
                return true;
            }
        }
        return false;
    }
}
