package org.rnn4j.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loops of a product: a few rows of A, in lines, by two vectors of columns of B. The accumulators stay in registers, and each k costs two loads
 * of B and a broadcast of A a row, for two multiply-adds of whole vectors a row.
 *
 * <p>They are there in two forms, for the compilers of two JDKs. With one index for all rows ({@link OneIndexTiles}), JDK 17 reaches the limit of
 * the machine, and JDK 25 loads the rows' numbers so early that an accumulator no longer fits the registers. With an index a row ({@link IndexedTiles}),
 * JDK 25 reaches the limit, and JDK 17 runs out of registers for its indices, at half to four fifths of it. {@link WarmUp} measures which is faster.
 * Measure on both before you change a tile: other shapes (5x4, 3x4, 10x2) and k taken in twos cost a factor of 2 to 50.
 *
 * <p>The tiles repeat each other because an accumulator stays in a register only where it is a local variable, spelled out.
 */
abstract class Tiles {
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    static final int LANES = SPECIES.length();

    /** Columns of a tile. */
    static final int GROUP = 2 * LANES;

    /** Whether sixteen accumulators fit the registers: CPUs with vectors of sixteen floats have 32 of them, others 16. */
    static final boolean WIDE = LANES >= 16;

    /** How many k are summed before the accumulators go back to C: a panel's piece stays in the first-level cache. */
    static final int DEPTH = 256;

    /** From one row of A to the next: not a power of two, or rows would share cache sets. */
    static final int LINE = DEPTH + 16;

    /** All bits, which the compiler does not know: see {@link OneIndexTiles}. Set in the constructor, or javac would put -1 in its place. */
    final int mask;

    Tiles() {
        mask = -1;
    }

    static FloatVector start(float[] to, int at, boolean add) {
        return add ? FloatVector.fromArray(SPECIES, to, at) : FloatVector.zero(SPECIES);
    }

    /**
     * Eight rows.
     *
     * @param a rows of A in lines, {@link #LINE} numbers from one to the next
     * @param i0 where its first number is
     * @param b a panel of B
     * @param b0 where its first row is
     * @param depth how many k are summed, at most {@link #DEPTH}
     * @param o0 where the first number of C is, with cRow from one row to the next
     * @param add whether the sums begin at what C holds
     */
    abstract void tile8(float[] a, int i0, float[] b, int b0, int depth, float[] c, int o0, int cRow, boolean add);

    /** Six rows. */
    abstract void tile6(float[] a, int i0, float[] b, int b0, int depth, float[] c, int o0, int cRow, boolean add);

    /** Five rows; with one index, which both compilers keep in registers here. */
    final void tile5(float[] a, int i0, float[] b, int b0, int depth, float[] c, int o0, int cRow, boolean add) {
        int end = i0 + depth;
        int b1 = b0 - i0 * Panels.WIDTH;
        int bits = mask;
        int o1 = o0 + cRow;
        int o2 = o1 + cRow;
        int o3 = o2 + cRow;
        int o4 = o3 + cRow;
        FloatVector c00 = start(c, o0, add);
        FloatVector c01 = start(c, o0 + LANES, add);
        FloatVector c10 = start(c, o1, add);
        FloatVector c11 = start(c, o1 + LANES, add);
        FloatVector c20 = start(c, o2, add);
        FloatVector c21 = start(c, o2 + LANES, add);
        FloatVector c30 = start(c, o3, add);
        FloatVector c31 = start(c, o3 + LANES, add);
        FloatVector c40 = start(c, o4, add);
        FloatVector c41 = start(c, o4 + LANES, add);
        for (int i = i0; i < end; i++) {
            int j = (i * Panels.WIDTH + b1) & bits;
            FloatVector w0 = FloatVector.fromArray(SPECIES, b, j);
            FloatVector w1 = FloatVector.fromArray(SPECIES, b, j + LANES);
            FloatVector x0 = FloatVector.broadcast(SPECIES, a[i]);
            c00 = x0.fma(w0, c00);
            c01 = x0.fma(w1, c01);
            FloatVector x1 = FloatVector.broadcast(SPECIES, a[i + LINE]);
            c10 = x1.fma(w0, c10);
            c11 = x1.fma(w1, c11);
            FloatVector x2 = FloatVector.broadcast(SPECIES, a[i + 2 * LINE]);
            c20 = x2.fma(w0, c20);
            c21 = x2.fma(w1, c21);
            FloatVector x3 = FloatVector.broadcast(SPECIES, a[i + 3 * LINE]);
            c30 = x3.fma(w0, c30);
            c31 = x3.fma(w1, c31);
            FloatVector x4 = FloatVector.broadcast(SPECIES, a[i + 4 * LINE]);
            c40 = x4.fma(w0, c40);
            c41 = x4.fma(w1, c41);
        }
        c00.intoArray(c, o0);
        c01.intoArray(c, o0 + LANES);
        c10.intoArray(c, o1);
        c11.intoArray(c, o1 + LANES);
        c20.intoArray(c, o2);
        c21.intoArray(c, o2 + LANES);
        c30.intoArray(c, o3);
        c31.intoArray(c, o3 + LANES);
        c40.intoArray(c, o4);
        c41.intoArray(c, o4 + LANES);
    }

    /** One row by two groups of columns, where b1 and o1 are the second: with one, all multiply-adds would wait for the one before. */
    final void tile1(float[] a, int i0, float[] b, int b0, int b1, int depth, float[] c, int o0, int o1, boolean add) {
        FloatVector c0 = start(c, o0, add);
        FloatVector c1 = start(c, o0 + LANES, add);
        FloatVector c2 = start(c, o1, add);
        FloatVector c3 = start(c, o1 + LANES, add);
        int gap = b1 - b0;
        for (int k = 0; k < depth; k++) {
            FloatVector x0 = FloatVector.broadcast(SPECIES, a[i0 + k]);
            c0 = x0.fma(FloatVector.fromArray(SPECIES, b, b0), c0);
            c1 = x0.fma(FloatVector.fromArray(SPECIES, b, b0 + LANES), c1);
            c2 = x0.fma(FloatVector.fromArray(SPECIES, b, b0 + gap), c2);
            c3 = x0.fma(FloatVector.fromArray(SPECIES, b, b0 + gap + LANES), c3);
            b0 += Panels.WIDTH;
        }
        c0.intoArray(c, o0);
        c1.intoArray(c, o0 + LANES);
        c2.intoArray(c, o1);
        c3.intoArray(c, o1 + LANES);
    }
}
