package org.rnn4j.benchmarks.kernel;

import java.util.Locale;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What one core can do at most: fused multiply-adds of whole vectors that stay in registers, in twelve chains that do not depend on each
 * other, more than the latency of the two units needs.
 */
public final class Roof {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int CHAINS = 12;
    private static final int TURNS = 4096;

    /** What {@link #run} computes, in floating-point operations. */
    public static final double OPERATIONS = 2.0 * CHAINS * TURNS * SPECIES.length();

    private static final int WARM = 3000;
    private static final int SAMPLES = 200;

    private Roof() {}

    /** One run; its result must be used. */
    public static float run(float factor) {
        FloatVector a = FloatVector.broadcast(SPECIES, factor);
        FloatVector b = FloatVector.broadcast(SPECIES, 1 - factor);
        FloatVector c0 = a;
        FloatVector c1 = a;
        FloatVector c2 = a;
        FloatVector c3 = a;
        FloatVector c4 = a;
        FloatVector c5 = a;
        FloatVector c6 = a;
        FloatVector c7 = a;
        FloatVector c8 = a;
        FloatVector c9 = a;
        FloatVector c10 = a;
        FloatVector c11 = a;
        for (int i = 0; i < TURNS; i++) {
            c0 = c0.fma(a, b);
            c1 = c1.fma(a, b);
            c2 = c2.fma(a, b);
            c3 = c3.fma(a, b);
            c4 = c4.fma(a, b);
            c5 = c5.fma(a, b);
            c6 = c6.fma(a, b);
            c7 = c7.fma(a, b);
            c8 = c8.fma(a, b);
            c9 = c9.fma(a, b);
            c10 = c10.fma(a, b);
            c11 = c11.fma(a, b);
        }
        return c0.add(c1)
                .add(c2.add(c3))
                .add(c4.add(c5))
                .add(c6.add(c7))
                .add(c8.add(c9))
                .add(c10.add(c11))
                .lane(0);
    }

    /** Prints the most that a short time of running it reached, which takes a tenth of a second. */
    public static void main(String... arguments) {
        float used = 0;
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < WARM + SAMPLES; i++) {
            long began = System.nanoTime();
            used += run(0.5f + i * 1e-6f);
            long nanos = System.nanoTime() - began;
            shortest = i < WARM ? shortest : Math.min(shortest, nanos);
        }
        System.out.printf(
                Locale.ROOT,
                "ROOF work=roof gflops=%.1f lanes=%d used=%.3f%n",
                OPERATIONS / shortest,
                SPECIES.length(),
                used);
    }
}
