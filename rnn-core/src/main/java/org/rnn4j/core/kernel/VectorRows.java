package org.rnn4j.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Arithmetic on numbers that lie in a line, a vector at a time, and the last few one by one. See {@link PlainKernels} for what is computed. */
final class VectorRows {
    private static final VectorSpecies<Float> SPECIES = Tiles.SPECIES;
    private static final int LANES = SPECIES.length();

    private VectorRows() {}

    /** {@code y = a + b}. */
    static void plus(float[] a, int ia, float[] b, int ib, float[] y, int iy, int count) {
        int i = 0;
        for (; i + LANES <= count; i += LANES) {
            FloatVector p = FloatVector.fromArray(SPECIES, a, ia + i);
            FloatVector q = FloatVector.fromArray(SPECIES, b, ib + i);
            p.add(q).intoArray(y, iy + i);
        }
        for (; i < count; i++) {
            y[iy + i] = a[ia + i] + b[ib + i];
        }
    }

    /** {@code y = a - b}. */
    static void minus(float[] a, int ia, float[] b, int ib, float[] y, int iy, int count) {
        int i = 0;
        for (; i + LANES <= count; i += LANES) {
            FloatVector p = FloatVector.fromArray(SPECIES, a, ia + i);
            FloatVector q = FloatVector.fromArray(SPECIES, b, ib + i);
            p.sub(q).intoArray(y, iy + i);
        }
        for (; i < count; i++) {
            y[iy + i] = a[ia + i] - b[ib + i];
        }
    }

    /** {@code y = a * b}. */
    static void times(float[] a, int ia, float[] b, int ib, float[] y, int iy, int count) {
        int i = 0;
        for (; i + LANES <= count; i += LANES) {
            FloatVector p = FloatVector.fromArray(SPECIES, a, ia + i);
            FloatVector q = FloatVector.fromArray(SPECIES, b, ib + i);
            p.mul(q).intoArray(y, iy + i);
        }
        for (; i < count; i++) {
            y[iy + i] = a[ia + i] * b[ib + i];
        }
    }

    /** {@code y += a * b}, with one rounding. */
    static void addTimes(float[] a, int ia, float[] b, int ib, float[] y, int iy, int count) {
        int i = 0;
        for (; i + LANES <= count; i += LANES) {
            FloatVector p = FloatVector.fromArray(SPECIES, a, ia + i);
            FloatVector q = FloatVector.fromArray(SPECIES, b, ib + i);
            p.fma(q, FloatVector.fromArray(SPECIES, y, iy + i)).intoArray(y, iy + i);
        }
        for (; i < count; i++) {
            y[iy + i] = Math.fma(a[ia + i], b[ib + i], y[iy + i]);
        }
    }

    /** {@code y = a * (1 - b²)}. */
    static void tanhGradient(float[] a, int ia, float[] b, int ib, float[] y, int iy, int count) {
        int i = 0;
        for (; i + LANES <= count; i += LANES) {
            FloatVector p = FloatVector.fromArray(SPECIES, a, ia + i);
            FloatVector q = FloatVector.fromArray(SPECIES, b, ib + i);
            p.mul(q.neg().fma(q, FloatVector.broadcast(SPECIES, 1f))).intoArray(y, iy + i);
        }
        for (; i < count; i++) {
            y[iy + i] = a[ia + i] * Math.fma(-b[ib + i], b[ib + i], 1f);
        }
    }

    /** {@code y = a * b * (1 - c²)}. */
    static void tanhGradient(float[] a, int ia, float[] b, int ib, float[] c, int ic, float[] y, int iy, int count) {
        int i = 0;
        for (; i + LANES <= count; i += LANES) {
            FloatVector p = FloatVector.fromArray(SPECIES, a, ia + i).mul(FloatVector.fromArray(SPECIES, b, ib + i));
            FloatVector q = FloatVector.fromArray(SPECIES, c, ic + i);
            p.mul(q.neg().fma(q, FloatVector.broadcast(SPECIES, 1f))).intoArray(y, iy + i);
        }
        for (; i < count; i++) {
            y[iy + i] = a[ia + i] * b[ib + i] * Math.fma(-c[ic + i], c[ic + i], 1f);
        }
    }

    /** {@code y = a * b * (1 - b)}. */
    static void sigmoidGradient(float[] a, int ia, float[] b, int ib, float[] y, int iy, int count) {
        int i = 0;
        for (; i + LANES <= count; i += LANES) {
            FloatVector p = FloatVector.fromArray(SPECIES, a, ia + i);
            FloatVector q = FloatVector.fromArray(SPECIES, b, ib + i);
            p.mul(q.mul(FloatVector.broadcast(SPECIES, 1f).sub(q))).intoArray(y, iy + i);
        }
        for (; i < count; i++) {
            y[iy + i] = a[ia + i] * (b[ib + i] * (1f - b[ib + i]));
        }
    }

    /** {@code y = a * b * c * (1 - c)}. */
    static void sigmoidGradient(float[] a, int ia, float[] b, int ib, float[] c, int ic, float[] y, int iy, int count) {
        int i = 0;
        for (; i + LANES <= count; i += LANES) {
            FloatVector p = FloatVector.fromArray(SPECIES, a, ia + i).mul(FloatVector.fromArray(SPECIES, b, ib + i));
            FloatVector q = FloatVector.fromArray(SPECIES, c, ic + i);
            p.mul(q.mul(FloatVector.broadcast(SPECIES, 1f).sub(q))).intoArray(y, iy + i);
        }
        for (; i < count; i++) {
            y[iy + i] = a[ia + i] * b[ib + i] * (c[ic + i] * (1f - c[ic + i]));
        }
    }

    /** {@code y = a + weight * (b - a)}. */
    static void mix(float[] a, int ia, float[] b, int ib, float[] weight, int iw, float[] y, int iy, int count) {
        int i = 0;
        for (; i + LANES <= count; i += LANES) {
            FloatVector p = FloatVector.fromArray(SPECIES, a, ia + i);
            FloatVector q = FloatVector.fromArray(SPECIES, b, ib + i);
            FloatVector.fromArray(SPECIES, weight, iw + i).fma(q.sub(p), p).intoArray(y, iy + i);
        }
        for (; i < count; i++) {
            y[iy + i] = Math.fma(weight[iw + i], b[ib + i] - a[ia + i], a[ia + i]);
        }
    }

    /** The sum, element i in partial sum i modulo 16. */
    static float sum(float[] x, int from, int count, float[] partial) {
        int whole = count - count % PlainKernels.SUMS;
        for (int lane = 0; lane < PlainKernels.SUMS; lane += LANES) {
            FloatVector total = FloatVector.zero(SPECIES);
            for (int i = 0; i < whole; i += PlainKernels.SUMS) {
                FloatVector p = FloatVector.fromArray(SPECIES, x, from + i + lane);
                total = total.add(p);
            }
            total.intoArray(partial, lane);
        }
        for (int i = whole; i < count; i++) {
            float p = x[from + i];
            partial[i - whole] = partial[i - whole] + p;
        }
        return PlainKernels.total(partial);
    }

    /** The sum of the squares, element i in partial sum i modulo 16. */
    static float sumOfSquares(float[] x, int from, int count, float[] partial) {
        int whole = count - count % PlainKernels.SUMS;
        for (int lane = 0; lane < PlainKernels.SUMS; lane += LANES) {
            FloatVector total = FloatVector.zero(SPECIES);
            for (int i = 0; i < whole; i += PlainKernels.SUMS) {
                FloatVector p = FloatVector.fromArray(SPECIES, x, from + i + lane);
                total = p.fma(p, total);
            }
            total.intoArray(partial, lane);
        }
        for (int i = whole; i < count; i++) {
            float p = x[from + i];
            partial[i - whole] = Math.fma(p, p, partial[i - whole]);
        }
        return PlainKernels.total(partial);
    }

    /**
     * Whether none of the numbers is NaN or infinite: 0 times such a number is NaN, which stays in a sum. Four sums, because each addition has to wait
     * for the one before it.
     */
    static boolean isFinite(float[] x, int from, int to) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a = zero;
        FloatVector b = zero;
        FloatVector c = zero;
        FloatVector d = zero;
        int i = from;
        for (; i + 4 * LANES <= to; i += 4 * LANES) {
            a = FloatVector.fromArray(SPECIES, x, i).fma(zero, a);
            b = FloatVector.fromArray(SPECIES, x, i + LANES).fma(zero, b);
            c = FloatVector.fromArray(SPECIES, x, i + 2 * LANES).fma(zero, c);
            d = FloatVector.fromArray(SPECIES, x, i + 3 * LANES).fma(zero, d);
        }
        float sum = a.add(b).add(c.add(d)).reduceLanes(VectorOperators.ADD);
        for (; i < to; i++) {
            sum = Math.fma(x[i], 0f, sum);
        }
        return sum == 0;
    }

    /** The highest of the numbers; NaN where there is one. */
    static float max(float[] x, int from, int count) {
        FloatVector highest = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
        int i = 0;
        for (; i + LANES <= count; i += LANES) {
            highest = highest.max(FloatVector.fromArray(SPECIES, x, from + i));
        }
        float max = highest.reduceLanes(VectorOperators.MAX);
        for (; i < count; i++) {
            max = Math.max(max, x[from + i]);
        }
        return max;
    }
}
