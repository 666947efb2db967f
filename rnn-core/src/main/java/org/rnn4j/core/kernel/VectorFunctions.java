package org.rnn4j.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Functions} for a vector of floats at once: the same operations in the same order, so the same bits.
 *
 * <p>No method here takes or returns a vector: where C2's budget ends before such a call is inlined, its vectors become objects. That is why the
 * polynomial is spelled out twice.
 */
final class VectorFunctions {
    private static final VectorSpecies<Float> SPECIES = Tiles.SPECIES;
    private static final int LANES = SPECIES.length();

    private static final int ONE_BITS = Float.floatToIntBits(1f);

    private VectorFunctions() {}

    /** {@code y[i] = e^x[i]}; x may be y. */
    static void exp(float[] x, int from, float[] y, int to, int count) {
        power(x, from, 1f, 0f, false, y, to, count);
    }

    /** {@code y[i] = 1 / (1 + e^-x[i])}; x may be y. */
    static void sigmoid(float[] x, int from, float[] y, int to, int count) {
        power(x, from, -1f, 0f, true, y, to, count);
    }

    /** {@code y[i] = tanh(x[i])}; x may be y. */
    static void tanh(float[] x, int from, float[] y, int to, int count) {
        FloatVector rounder = FloatVector.broadcast(SPECIES, Functions.ROUNDER);
        int i = 0;
        for (; i + LANES <= count; i += LANES) {
            FloatVector clamped = FloatVector.fromArray(SPECIES, x, from + i)
                    .min(Functions.TANH_HIGHEST)
                    .max(-Functions.TANH_HIGHEST);
            FloatVector twice = clamped.add(clamped);
            FloatVector shifted = twice.fma(FloatVector.broadcast(SPECIES, Functions.LOG2_E), rounder);
            FloatVector minusN = shifted.sub(rounder).neg();
            FloatVector r = minusN.fma(FloatVector.broadcast(SPECIES, Functions.LOG2_HIGH), twice);
            r = minusN.fma(FloatVector.broadcast(SPECIES, Functions.LOG2_LOW), r);
            FloatVector p = FloatVector.broadcast(SPECIES, 1f / 5040);
            p = p.fma(r, FloatVector.broadcast(SPECIES, 1f / 720));
            p = p.fma(r, FloatVector.broadcast(SPECIES, 1f / 120));
            p = p.fma(r, FloatVector.broadcast(SPECIES, 1f / 24));
            p = p.fma(r, FloatVector.broadcast(SPECIES, 1f / 6));
            p = p.fma(r, FloatVector.broadcast(SPECIES, 0.5f));
            p = p.mul(r).fma(r, r);
            // The low bits of the shifted number are n; 2^n has n + 127 at bit 23, and the rounder's bits fall off.
            FloatVector scale = shifted.reinterpretAsInts()
                    .lanewise(VectorOperators.LSHL, 23)
                    .add(ONE_BITS)
                    .reinterpretAsFloats();
            FloatVector expm1 = scale.fma(p, scale.sub(1f));
            expm1.div(expm1.add(2f)).intoArray(y, to + i);
        }
        for (; i < count; i++) {
            y[to + i] = Functions.tanh(x[from + i]);
        }
    }

    /**
     * {@code Σ e^(x[i] - offset)}, element i in partial sum i modulo 16.
     *
     * @param small the sums, initially zeros, followed by room for some numbers
     */
    static float sumOfExp(float[] x, int from, int count, float offset, float[] small) {
        int sums = PlainKernels.SUMS;
        int room = (small.length - sums) / sums * sums;
        for (int begin = 0; begin < count; begin += room) {
            int part = Math.min(room, count - begin);
            power(x, from + begin, 1f, offset, false, small, sums, part);
            int whole = part - part % sums;
            for (int lane = 0; lane < sums; lane += LANES) {
                FloatVector total = FloatVector.fromArray(SPECIES, small, lane);
                for (int i = 0; i < whole; i += sums) {
                    total = total.add(FloatVector.fromArray(SPECIES, small, sums + i + lane));
                }
                total.intoArray(small, lane);
            }
            for (int i = whole; i < part; i++) {
                small[i - whole] += small[sums + i];
            }
        }
        return PlainKernels.total(small);
    }

    /** {@code y[i] += scale * e^(x[i] - offset)}. */
    static void addExp(float[] x, int from, float offset, float scale, float[] y, int to, int count, float[] small) {
        FloatVector factor = FloatVector.broadcast(SPECIES, scale);
        for (int begin = 0; begin < count; begin += small.length) {
            int part = Math.min(small.length, count - begin);
            power(x, from + begin, 1f, offset, false, small, 0, part);
            int at = to + begin;
            int i = 0;
            for (; i + LANES <= part; i += LANES) {
                factor.fma(FloatVector.fromArray(SPECIES, small, i), FloatVector.fromArray(SPECIES, y, at + i))
                        .intoArray(y, at + i);
            }
            for (; i < part; i++) {
                y[at + i] = Math.fma(scale, small[i], y[at + i]);
            }
        }
    }

    /**
     * {@code y[i] = e^(sign x[i] - offset)}; x may be y.
     *
     * @param sign 1 or -1, so that the product is exact
     * @param sigmoid whether {@code 1 / (1 + y[i])} is wanted in its place
     */
    private static void power(
            float[] x, int from, float sign, float offset, boolean sigmoid, float[] y, int to, int count) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        FloatVector rounder = FloatVector.broadcast(SPECIES, Functions.ROUNDER);
        FloatVector signs = FloatVector.broadcast(SPECIES, sign);
        FloatVector minusOffset = FloatVector.broadcast(SPECIES, -offset);
        int i = 0;
        for (; i + LANES <= count; i += LANES) {
            FloatVector clamped = FloatVector.fromArray(SPECIES, x, from + i)
                    .fma(signs, minusOffset)
                    .min(Functions.EXP_HIGHEST)
                    .max(Functions.EXP_LOWEST);
            FloatVector shifted = clamped.fma(FloatVector.broadcast(SPECIES, Functions.LOG2_E), rounder);
            FloatVector minusN = shifted.sub(rounder).neg();
            FloatVector r = minusN.fma(FloatVector.broadcast(SPECIES, Functions.LOG2_HIGH), clamped);
            r = minusN.fma(FloatVector.broadcast(SPECIES, Functions.LOG2_LOW), r);
            FloatVector p = FloatVector.broadcast(SPECIES, 1f / 5040);
            p = p.fma(r, FloatVector.broadcast(SPECIES, 1f / 720));
            p = p.fma(r, FloatVector.broadcast(SPECIES, 1f / 120));
            p = p.fma(r, FloatVector.broadcast(SPECIES, 1f / 24));
            p = p.fma(r, FloatVector.broadcast(SPECIES, 1f / 6));
            p = p.fma(r, FloatVector.broadcast(SPECIES, 0.5f));
            p = p.mul(r).fma(r, r).add(1f);
            // 2^n in two factors. The rounder's bits, halved or not, fall off when the low bits go to bit 23.
            IntVector bits = shifted.reinterpretAsInts();
            IntVector half = bits.lanewise(VectorOperators.ASHR, 1);
            FloatVector first =
                    half.lanewise(VectorOperators.LSHL, 23).add(ONE_BITS).reinterpretAsFloats();
            FloatVector second = bits.sub(half)
                    .lanewise(VectorOperators.LSHL, 23)
                    .add(ONE_BITS)
                    .reinterpretAsFloats();
            FloatVector power = p.mul(first).mul(second);
            if (sigmoid) {
                one.div(one.add(power)).intoArray(y, to + i);
            } else {
                power.intoArray(y, to + i);
            }
        }
        for (; i < count; i++) {
            float power = Functions.exp(sign * x[from + i] - offset);
            y[to + i] = sigmoid ? 1f / (1f + power) : power;
        }
    }
}
