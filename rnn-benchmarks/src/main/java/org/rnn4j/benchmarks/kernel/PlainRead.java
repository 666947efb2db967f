package org.rnn4j.benchmarks.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Reads an array once, in order, and does as little with it as can be. */
final class PlainRead {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private PlainRead() {}

    /** The sum of some lane of it, so that it has to be read; the length is a multiple of four vectors. */
    static float sum(float[] numbers) {
        FloatVector c0 = FloatVector.zero(SPECIES);
        FloatVector c1 = c0;
        FloatVector c2 = c0;
        FloatVector c3 = c0;
        for (int i = 0; i < numbers.length; i += 4 * LANES) {
            c0 = c0.add(FloatVector.fromArray(SPECIES, numbers, i));
            c1 = c1.add(FloatVector.fromArray(SPECIES, numbers, i + LANES));
            c2 = c2.add(FloatVector.fromArray(SPECIES, numbers, i + 2 * LANES));
            c3 = c3.add(FloatVector.fromArray(SPECIES, numbers, i + 3 * LANES));
        }
        return c0.add(c1).add(c2.add(c3)).lane(0);
    }
}
