package org.rnn4j.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link Functions} for a vector of floats at once: the same operations in the same order, so the same bits. */
final class VectorFunctions {
    private static final VectorSpecies<Float> SPECIES = Tiles.SPECIES;
    private static final int LANES = SPECIES.length();

    /** The bits of 1.5 * 2^23: the bits of a rounded number less these are the whole number that it was rounded to. */
    private static final int ROUNDER_BITS = Float.floatToIntBits(Functions.ROUNDER);

    private static final int ONE_BITS = Float.floatToIntBits(1f);

    private VectorFunctions() {}

    /** {@code y[i] = e^x[i]}; x may be y. */
    static void exp(float[] x, int from, float[] y, int to, int count) {
        int i = 0;
        for (; i + LANES <= count; i += LANES) {
            exp(FloatVector.fromArray(SPECIES, x, from + i)).intoArray(y, to + i);
        }
        for (; i < count; i++) {
            y[to + i] = Functions.exp(x[from + i]);
        }
    }

    /** {@code y[i] = 1 / (1 + e^-x[i])}; x may be y. */
    static void sigmoid(float[] x, int from, float[] y, int to, int count) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        int i = 0;
        for (; i + LANES <= count; i += LANES) {
            FloatVector e = exp(FloatVector.fromArray(SPECIES, x, from + i).neg());
            one.div(one.add(e)).intoArray(y, to + i);
        }
        for (; i < count; i++) {
            y[to + i] = Functions.sigmoid(x[from + i]);
        }
    }

    /** {@code y[i] = tanh(x[i])}; x may be y. */
    static void tanh(float[] x, int from, float[] y, int to, int count) {
        int i = 0;
        for (; i + LANES <= count; i += LANES) {
            tanh(FloatVector.fromArray(SPECIES, x, from + i)).intoArray(y, to + i);
        }
        for (; i < count; i++) {
            y[to + i] = Functions.tanh(x[from + i]);
        }
    }

    /** {@code Σ e^(x[i] - offset)}, element i in partial sum i modulo 16. */
    static float sumOfExp(float[] x, int from, int count, float offset, float[] partial) {
        int whole = count - count % PlainKernels.SUMS;
        for (int lane = 0; lane < PlainKernels.SUMS; lane += LANES) {
            FloatVector total = FloatVector.zero(SPECIES);
            for (int i = 0; i < whole; i += PlainKernels.SUMS) {
                total = total.add(
                        exp(FloatVector.fromArray(SPECIES, x, from + i + lane).sub(offset)));
            }
            total.intoArray(partial, lane);
        }
        for (int i = whole; i < count; i++) {
            partial[i - whole] += Functions.exp(x[from + i] - offset);
        }
        return PlainKernels.total(partial);
    }

    /** {@code y[i] += scale * e^(x[i] - offset)}. */
    static void addExp(float[] x, int from, float offset, float scale, float[] y, int to, int count) {
        FloatVector factor = FloatVector.broadcast(SPECIES, scale);
        int i = 0;
        for (; i + LANES <= count; i += LANES) {
            FloatVector e = exp(FloatVector.fromArray(SPECIES, x, from + i).sub(offset));
            factor.fma(e, FloatVector.fromArray(SPECIES, y, to + i)).intoArray(y, to + i);
        }
        for (; i < count; i++) {
            y[to + i] = Math.fma(scale, Functions.exp(x[from + i] - offset), y[to + i]);
        }
    }

    private static FloatVector exp(FloatVector x) {
        FloatVector clamped = x.min(Functions.EXP_HIGHEST).max(Functions.EXP_LOWEST);
        FloatVector shifted = shifted(clamped);
        FloatVector p =
                expm1OfRemainder(clamped, shifted.sub(Functions.ROUNDER)).add(1f);
        IntVector n = shifted.reinterpretAsInts().sub(ROUNDER_BITS);
        IntVector half = n.lanewise(VectorOperators.ASHR, 1);
        return p.mul(powerOfTwo(half)).mul(powerOfTwo(n.sub(half)));
    }

    private static FloatVector tanh(FloatVector x) {
        FloatVector clamped = x.min(Functions.TANH_HIGHEST).max(-Functions.TANH_HIGHEST);
        FloatVector twice = clamped.add(clamped);
        FloatVector shifted = shifted(twice);
        FloatVector scale = powerOfTwo(shifted.reinterpretAsInts().sub(ROUNDER_BITS));
        FloatVector expm1 = scale.fma(expm1OfRemainder(twice, shifted.sub(Functions.ROUNDER)), scale.sub(1f));
        return expm1.div(expm1.add(2f));
    }

    /** The rounded exponent of e^x to base 2, still with the rounder in it. */
    private static FloatVector shifted(FloatVector x) {
        return x.fma(
                FloatVector.broadcast(SPECIES, Functions.LOG2_E), FloatVector.broadcast(SPECIES, Functions.ROUNDER));
    }

    private static FloatVector expm1OfRemainder(FloatVector x, FloatVector n) {
        FloatVector minus = n.neg();
        FloatVector r = minus.fma(FloatVector.broadcast(SPECIES, Functions.LOG2_HIGH), x);
        r = minus.fma(FloatVector.broadcast(SPECIES, Functions.LOG2_LOW), r);
        FloatVector p = FloatVector.broadcast(SPECIES, 1f / 5040);
        p = p.fma(r, FloatVector.broadcast(SPECIES, 1f / 720));
        p = p.fma(r, FloatVector.broadcast(SPECIES, 1f / 120));
        p = p.fma(r, FloatVector.broadcast(SPECIES, 1f / 24));
        p = p.fma(r, FloatVector.broadcast(SPECIES, 1f / 6));
        p = p.fma(r, FloatVector.broadcast(SPECIES, 0.5f));
        return p.mul(r).fma(r, r);
    }

    private static FloatVector powerOfTwo(IntVector n) {
        return n.lanewise(VectorOperators.LSHL, 23).add(ONE_BITS).reinterpretAsFloats();
    }
}
