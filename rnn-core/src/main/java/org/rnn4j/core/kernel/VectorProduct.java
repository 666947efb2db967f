package org.rnn4j.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.rnn4j.api.op.Block;

/**
 * The matrix product through the Vector API: {@code C = A·B} or {@code C += A·B}, with B packed into panels.
 *
 * <p>A panel holds two vectors of columns, k after k, so that the inner loop reads it in a line. Four or eight rows of A meet one panel: eight
 * or sixteen accumulators stay in registers, and each k costs two loads of B and a broadcast of A a row for two multiply-adds of whole vectors
 * a row. Every element of C is one chain of multiply-adds in the order of k, whatever the lanes, the tiles and the number of rows: its bits are those of
 * the plain loop.
 *
 * <p>Only tiles of 8, 4 and 1 rows: the compiler of JDK 17 keeps the accumulators of some other shapes (10x2, 5x4) in objects, which is 20 to
 * 50 times slower.
 */
final class VectorProduct {
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Columns of a panel. */
    static final int PANEL = 2 * LANES;

    /** Whether sixteen accumulators fit the registers: CPUs with vectors of sixteen floats have 32 of them, others 16. */
    private static final boolean TALL = LANES >= 16;

    /** How many k are summed before the accumulators go back to C: a panel's piece stays in the first-level cache. */
    private static final int DEPTH = 256;

    /** How many rows of A meet all panels before the next rows: a piece of A stays in the second-level cache. */
    private static final int ROWS = 128;

    private VectorProduct() {}

    /** B as panels, zeros where the last one has no column: {@code panels * rows * PANEL} numbers. */
    static float[] pack(Block b) {
        int panels = panels(b.columns());
        float[] packed = new float[panels * b.rows() * PANEL];
        for (int p = 0; p < panels; p++) {
            int first = p * PANEL;
            int width = Math.min(PANEL, b.columns() - first);
            for (int k = 0; k < b.rows(); k++) {
                int from = b.offset() + k * b.rowStride() + first * b.columnStride();
                int to = (p * b.rows() + k) * PANEL;
                if (b.columnStride() == 1) {
                    System.arraycopy(b.data(), from, packed, to, width);
                } else {
                    for (int c = 0; c < width; c++) {
                        packed[to + c] = b.data()[from + c * b.columnStride()];
                    }
                }
            }
        }
        return packed;
    }

    private static int panels(int columns) {
        return (columns + PANEL - 1) / PANEL;
    }

    /** {@code c = a·b}, or {@code c += a·b}, for a packed b. */
    static void multiply(Block a, float[] packed, Block c, boolean add) {
        // Once at least: a sum of no products is what it begins at.
        for (int k = 0; k < Math.max(1, a.columns()); k += DEPTH) {
            int depth = Math.min(DEPTH, a.columns() - k);
            for (int row = 0; row < a.rows(); row += ROWS) {
                int end = Math.min(row + ROWS, a.rows());
                Block left = a.rows(row, end).columns(k, k + depth);
                for (int first = 0; first < c.columns(); first += PANEL) {
                    int from = (first / PANEL * a.columns() + k) * PANEL;
                    Block target = c.rows(row, end).columns(first, Math.min(first + PANEL, c.columns()));
                    if (target.columns() == PANEL && c.columnStride() == 1) {
                        tiles(left, packed, from, target, add || k > 0);
                    } else {
                        edge(left, packed, from, target, add || k > 0);
                    }
                }
            }
        }
    }

    /** What does not lie in C as whole panels is computed beside it. */
    private static void edge(Block left, float[] packed, int from, Block target, boolean add) {
        Block whole = Block.of(new float[target.rows() * PANEL], target.rows(), PANEL);
        Block used = whole.columns(0, target.columns());
        if (add) {
            Copying.copy(target, used);
        }
        tiles(left, packed, from, whole, add);
        Copying.copy(used, target);
    }

    private static void tiles(Block left, float[] packed, int from, Block target, boolean add) {
        int row = 0;
        for (; TALL && row + 8 <= left.rows(); row += 8) {
            tile8(left.rows(row, row + 8), packed, from, target.rows(row, row + 8), add);
        }
        for (; row + 4 <= left.rows(); row += 4) {
            tile4(left.rows(row, row + 4), packed, from, target.rows(row, row + 4), add);
        }
        for (; row < left.rows(); row++) {
            tile1(left.rows(row, row + 1), packed, from, target.rows(row, row + 1), add);
        }
    }

    private static FloatVector start(float[] to, int at, boolean add) {
        return add ? FloatVector.fromArray(SPECIES, to, at) : FloatVector.zero(SPECIES);
    }

    /** Eight rows of A and one panel: {@code c[r] (+)= Σ_k a[r][k] * panel[k]}. */
    private static void tile8(Block a, float[] panel, int from, Block c, boolean add) {
        float[] left = a.data();
        int step = a.columnStride();
        int i0 = a.offset();
        int i1 = a.offset() + a.rowStride();
        int i2 = a.offset() + 2 * a.rowStride();
        int i3 = a.offset() + 3 * a.rowStride();
        int i4 = a.offset() + 4 * a.rowStride();
        int i5 = a.offset() + 5 * a.rowStride();
        int i6 = a.offset() + 6 * a.rowStride();
        int i7 = a.offset() + 7 * a.rowStride();
        float[] to = c.data();
        int o0 = c.offset();
        int o1 = c.offset() + c.rowStride();
        int o2 = c.offset() + 2 * c.rowStride();
        int o3 = c.offset() + 3 * c.rowStride();
        int o4 = c.offset() + 4 * c.rowStride();
        int o5 = c.offset() + 5 * c.rowStride();
        int o6 = c.offset() + 6 * c.rowStride();
        int o7 = c.offset() + 7 * c.rowStride();
        FloatVector c00 = start(to, o0, add);
        FloatVector c01 = start(to, o0 + LANES, add);
        FloatVector c10 = start(to, o1, add);
        FloatVector c11 = start(to, o1 + LANES, add);
        FloatVector c20 = start(to, o2, add);
        FloatVector c21 = start(to, o2 + LANES, add);
        FloatVector c30 = start(to, o3, add);
        FloatVector c31 = start(to, o3 + LANES, add);
        FloatVector c40 = start(to, o4, add);
        FloatVector c41 = start(to, o4 + LANES, add);
        FloatVector c50 = start(to, o5, add);
        FloatVector c51 = start(to, o5 + LANES, add);
        FloatVector c60 = start(to, o6, add);
        FloatVector c61 = start(to, o6 + LANES, add);
        FloatVector c70 = start(to, o7, add);
        FloatVector c71 = start(to, o7 + LANES, add);
        int b = from;
        for (int k = 0; k < a.columns(); k++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, panel, b);
            FloatVector b1 = FloatVector.fromArray(SPECIES, panel, b + LANES);
            FloatVector a0 = FloatVector.broadcast(SPECIES, left[i0]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            i0 += step;
            FloatVector a1 = FloatVector.broadcast(SPECIES, left[i1]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            i1 += step;
            FloatVector a2 = FloatVector.broadcast(SPECIES, left[i2]);
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            i2 += step;
            FloatVector a3 = FloatVector.broadcast(SPECIES, left[i3]);
            c30 = a3.fma(b0, c30);
            c31 = a3.fma(b1, c31);
            i3 += step;
            FloatVector a4 = FloatVector.broadcast(SPECIES, left[i4]);
            c40 = a4.fma(b0, c40);
            c41 = a4.fma(b1, c41);
            i4 += step;
            FloatVector a5 = FloatVector.broadcast(SPECIES, left[i5]);
            c50 = a5.fma(b0, c50);
            c51 = a5.fma(b1, c51);
            i5 += step;
            FloatVector a6 = FloatVector.broadcast(SPECIES, left[i6]);
            c60 = a6.fma(b0, c60);
            c61 = a6.fma(b1, c61);
            i6 += step;
            FloatVector a7 = FloatVector.broadcast(SPECIES, left[i7]);
            c70 = a7.fma(b0, c70);
            c71 = a7.fma(b1, c71);
            i7 += step;
            b += PANEL;
        }
        c00.intoArray(to, o0);
        c01.intoArray(to, o0 + LANES);
        c10.intoArray(to, o1);
        c11.intoArray(to, o1 + LANES);
        c20.intoArray(to, o2);
        c21.intoArray(to, o2 + LANES);
        c30.intoArray(to, o3);
        c31.intoArray(to, o3 + LANES);
        c40.intoArray(to, o4);
        c41.intoArray(to, o4 + LANES);
        c50.intoArray(to, o5);
        c51.intoArray(to, o5 + LANES);
        c60.intoArray(to, o6);
        c61.intoArray(to, o6 + LANES);
        c70.intoArray(to, o7);
        c71.intoArray(to, o7 + LANES);
    }

    /** Four rows of A and one panel: {@code c[r] (+)= Σ_k a[r][k] * panel[k]}. */
    private static void tile4(Block a, float[] panel, int from, Block c, boolean add) {
        float[] left = a.data();
        int step = a.columnStride();
        int i0 = a.offset();
        int i1 = a.offset() + a.rowStride();
        int i2 = a.offset() + 2 * a.rowStride();
        int i3 = a.offset() + 3 * a.rowStride();
        float[] to = c.data();
        int o0 = c.offset();
        int o1 = c.offset() + c.rowStride();
        int o2 = c.offset() + 2 * c.rowStride();
        int o3 = c.offset() + 3 * c.rowStride();
        FloatVector c00 = start(to, o0, add);
        FloatVector c01 = start(to, o0 + LANES, add);
        FloatVector c10 = start(to, o1, add);
        FloatVector c11 = start(to, o1 + LANES, add);
        FloatVector c20 = start(to, o2, add);
        FloatVector c21 = start(to, o2 + LANES, add);
        FloatVector c30 = start(to, o3, add);
        FloatVector c31 = start(to, o3 + LANES, add);
        int b = from;
        for (int k = 0; k < a.columns(); k++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, panel, b);
            FloatVector b1 = FloatVector.fromArray(SPECIES, panel, b + LANES);
            FloatVector a0 = FloatVector.broadcast(SPECIES, left[i0]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            i0 += step;
            FloatVector a1 = FloatVector.broadcast(SPECIES, left[i1]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            i1 += step;
            FloatVector a2 = FloatVector.broadcast(SPECIES, left[i2]);
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            i2 += step;
            FloatVector a3 = FloatVector.broadcast(SPECIES, left[i3]);
            c30 = a3.fma(b0, c30);
            c31 = a3.fma(b1, c31);
            i3 += step;
            b += PANEL;
        }
        c00.intoArray(to, o0);
        c01.intoArray(to, o0 + LANES);
        c10.intoArray(to, o1);
        c11.intoArray(to, o1 + LANES);
        c20.intoArray(to, o2);
        c21.intoArray(to, o2 + LANES);
        c30.intoArray(to, o3);
        c31.intoArray(to, o3 + LANES);
    }

    /** One row of A and one panel: {@code c[r] (+)= Σ_k a[r][k] * panel[k]}. */
    private static void tile1(Block a, float[] panel, int from, Block c, boolean add) {
        float[] left = a.data();
        int step = a.columnStride();
        int i0 = a.offset();
        float[] to = c.data();
        int o0 = c.offset();
        FloatVector c00 = start(to, o0, add);
        FloatVector c01 = start(to, o0 + LANES, add);
        int b = from;
        for (int k = 0; k < a.columns(); k++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, panel, b);
            FloatVector b1 = FloatVector.fromArray(SPECIES, panel, b + LANES);
            FloatVector a0 = FloatVector.broadcast(SPECIES, left[i0]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            i0 += step;
            b += PANEL;
        }
        c00.intoArray(to, o0);
        c01.intoArray(to, o0 + LANES);
    }
}
