package org.rnn4j.core.kernel;

/**
 * {@code exp}, {@code tanh} and {@code sigmoid} of a float as chains of fused multiply-adds, so that every machine, JDK and
 * vector width gives the same bits; {@link Math#exp} and {@link Math#tanh} do not promise that.
 *
 * <p>All three use {@code e^x - 1 = 2^n (e^r - 1) + (2^n - 1)} with {@code n = round(x / log 2)} and
 * {@code r = x - n log 2}, |r| at most 0.3466, where the Taylor series of {@code e^r - 1} to r^7 is exact to half an ulp.
 */
public final class Functions {
    static final float LOG2_E = 0x1.715476p+0f;
    /** log 2 in two parts; the first has so few bits that {@code n * LOG2_HIGH} is exact. */
    static final float LOG2_HIGH = 0x1.62ep-1f;

    static final float LOG2_LOW = 0x1.0bfbe8p-15f;
    /** Adding and subtracting 1.5 * 2^23 rounds to the nearest integer. */
    static final float ROUNDER = 0x1.8p+23f;

    /** Beyond these, e^x is infinite or 0. */
    static final float EXP_HIGHEST = 89f;

    static final float EXP_LOWEST = -104f;
    /** Beyond 9.011, tanh is 1 to the last bit. */
    static final float TANH_HIGHEST = 9.1f;

    private Functions() {}

    /** {@code e^x}: 0 below -103.97, subnormal below -87.34, infinity above 88.72. */
    public static float exp(float x) {
        float clamped = Math.max(EXP_LOWEST, Math.min(EXP_HIGHEST, x));
        float n = roundedExponent(clamped);
        float p = expm1OfRemainder(clamped, n) + 1f;
        // In two factors, because 2^n alone leaves the range of a float at both ends.
        int half = (int) n >> 1;
        return p * powerOfTwo(half) * powerOfTwo((int) n - half);
    }

    /** {@code tanh(x) = (e^2x - 1) / (e^2x - 1 + 2)}, with full relative accuracy near 0. */
    public static float tanh(float x) {
        float clamped = Math.max(-TANH_HIGHEST, Math.min(TANH_HIGHEST, x));
        float twice = clamped + clamped;
        float n = roundedExponent(twice);
        float scale = powerOfTwo((int) n);
        float expm1 = Fma.fma(scale, expm1OfRemainder(twice, n), scale - 1f);
        return expm1 / (expm1 + 2f);
    }

    /** {@code 1 / (1 + e^-x)}. */
    public static float sigmoid(float x) {
        return 1f / (1f + exp(-x));
    }

    private static float roundedExponent(float x) {
        return Fma.fma(x, LOG2_E, ROUNDER) - ROUNDER;
    }

    /** {@code e^r - 1} for {@code r = x - n log 2}. */
    private static float expm1OfRemainder(float x, float n) {
        float r = Fma.fma(-n, LOG2_HIGH, x);
        r = Fma.fma(-n, LOG2_LOW, r);
        float p = 1f / 5040;
        p = Fma.fma(p, r, 1f / 720);
        p = Fma.fma(p, r, 1f / 120);
        p = Fma.fma(p, r, 1f / 24);
        p = Fma.fma(p, r, 1f / 6);
        p = Fma.fma(p, r, 0.5f);
        return Fma.fma(p * r, r, r);
    }

    private static float powerOfTwo(int n) {
        return Float.intBitsToFloat((n + 127) << 23);
    }
}
