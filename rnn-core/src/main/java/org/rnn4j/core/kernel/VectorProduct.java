package org.rnn4j.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.rnn4j.api.op.Block;

/**
 * The matrix product through the Vector API: {@code C = A·B} or {@code C += A·B}, with B in {@link Panels}.
 *
 * <p>A tile is a few rows of A by two vectors of columns of B: its accumulators stay in registers, and each k costs two loads of B and a
 * broadcast of A a row for two multiply-adds of whole vectors a row. Every element of C is one chain of multiply-adds in the order of k, whatever the
 * lanes, the tiles, the number of rows and the threads: its bits are those of the plain loop.
 *
 * <p>The shapes of the tiles are those that the compilers of JDK 17 and 25 both keep in registers. Others (5x4, 3x4, 10x2, a packed A under
 * 6x2) they keep in objects, which costs a factor of 2 to 50: measure on both before you add one.
 */
final class VectorProduct {
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Columns of a tile. */
    private static final int GROUP = 2 * LANES;

    /** Rows of the tallest tile. */
    private static final int TILE = 8;

    /** Whether sixteen accumulators fit the registers: CPUs with vectors of sixteen floats have 32 of them, others 16. */
    private static final boolean WIDE = LANES >= 16;

    /** How many k are summed before the accumulators go back to C: a panel's piece stays in the first-level cache. */
    private static final int DEPTH = 256;

    /** How many rows of A meet all panels before the next rows: a piece of A stays in the second-level cache. */
    private static final int ROWS = 96;

    private VectorProduct() {}

    /**
     * {@code c = a·b}, or {@code c += a·b}, for some of the columns.
     *
     * @param c with a column stride of 1
     * @param from the first column, a multiple of 2 * {@link Panels#WIDTH}
     * @param to the column after the last
     * @param edge memory for {@link PlainKernels#SMALL} numbers
     */
    static void multiply(Block a, Panels b, Block c, int from, int to, boolean add, float[] edge) {
        float[] x = a.data();
        float[] w = b.data();
        float[] y = c.data();
        // Once at least: a sum of no products is what it begins at.
        for (int k = 0; k < Math.max(1, a.columns()); k += DEPTH) {
            int depth = Math.min(DEPTH, a.columns() - k);
            boolean more = add || k > 0;
            for (int row = 0; row < a.rows(); row += ROWS) {
                int rows = Math.min(ROWS, a.rows() - row);
                int left = a.offset() + row * a.rowStride() + k * a.columnStride();
                int target = c.offset() + row * c.rowStride();
                for (int column = from; column < to; column += GROUP) {
                    int w0 = at(b, k, column);
                    int w1 = at(b, k, column + LANES);
                    if (column + GROUP <= to) {
                        group(
                                x,
                                left,
                                a.rowStride(),
                                a.columnStride(),
                                w,
                                w0,
                                w1,
                                depth,
                                y,
                                target + column,
                                c.rowStride(),
                                rows,
                                more);
                    } else {
                        edge(
                                x,
                                left,
                                a.rowStride(),
                                a.columnStride(),
                                w,
                                w0,
                                w1,
                                depth,
                                y,
                                target + column,
                                c.rowStride(),
                                rows,
                                more,
                                to - column,
                                edge);
                    }
                }
            }
        }
    }

    /** Where the numbers of row k of B begin, from a column on; past the last panel the last one is read again, for nobody. */
    private static int at(Panels b, int k, int column) {
        int panel = Math.min(column, b.columns() - 1) / Panels.WIDTH;
        return (panel * b.rows() + k) * Panels.WIDTH + column % Panels.WIDTH;
    }

    /** What does not lie in C as a whole group of columns is computed beside it, a tile's rows at a time. */
    private static void edge(
            float[] a,
            int left,
            int aRow,
            int step,
            float[] b,
            int w0,
            int w1,
            int depth,
            float[] c,
            int target,
            int cRow,
            int rows,
            boolean add,
            int width,
            float[] edge) {
        for (int row = 0; row < rows; row += TILE) {
            int height = Math.min(TILE, rows - row);
            int at = target + row * cRow;
            for (int r = 0; add && r < height; r++) {
                System.arraycopy(c, at + r * cRow, edge, r * GROUP, width);
            }
            group(a, left + row * aRow, aRow, step, b, w0, w1, depth, edge, 0, GROUP, height, add);
            for (int r = 0; r < height; r++) {
                System.arraycopy(edge, r * GROUP, c, at + r * cRow, width);
            }
        }
    }

    /** All rows, as tiles: the tallest, and fours and ones for the rest. */
    private static void group(
            float[] a,
            int left,
            int aRow,
            int step,
            float[] b,
            int w0,
            int w1,
            int depth,
            float[] c,
            int target,
            int cRow,
            int rows,
            boolean add) {
        int row = 0;
        if (WIDE) {
            for (; row + 8 <= rows; row += 8) {
                tile8(a, left + row * aRow, aRow, step, b, w0, w1, depth, c, target + row * cRow, cRow, add);
            }
        } else if (step == 1) {
            // 8 rows left are two fours, 10 are six and four: faster than 6 and 2.
            for (; rows - row >= 6 && rows - row != 8 && rows - row != 9; row += 6) {
                tile6(a, left + row * aRow, aRow, b, w0, w1, depth, c, target + row * cRow, cRow, add);
            }
        }
        for (; row + 4 <= rows; row += 4) {
            tile4(a, left + row * aRow, aRow, step, b, w0, w1, depth, c, target + row * cRow, cRow, add);
        }
        for (; row < rows; row++) {
            tile1(a, left + row * aRow, step, b, w0, w1, depth, c, target + row * cRow, add);
        }
    }

    private static FloatVector start(float[] to, int at, boolean add) {
        return add ? FloatVector.fromArray(SPECIES, to, at) : FloatVector.zero(SPECIES);
    }

    /** Eight rows of A and two vectors of columns. */
    private static void tile8(
            float[] a,
            int i0,
            int aRow,
            int step,
            float[] b,
            int b0,
            int b1,
            int depth,
            float[] c,
            int o0,
            int cRow,
            boolean add) {
        int i1 = i0 + aRow;
        int i2 = i1 + aRow;
        int i3 = i2 + aRow;
        int i4 = i3 + aRow;
        int i5 = i4 + aRow;
        int i6 = i5 + aRow;
        int i7 = i6 + aRow;
        int o1 = o0 + cRow;
        int o2 = o1 + cRow;
        int o3 = o2 + cRow;
        int o4 = o3 + cRow;
        int o5 = o4 + cRow;
        int o6 = o5 + cRow;
        int o7 = o6 + cRow;
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
        FloatVector c50 = start(c, o5, add);
        FloatVector c51 = start(c, o5 + LANES, add);
        FloatVector c60 = start(c, o6, add);
        FloatVector c61 = start(c, o6 + LANES, add);
        FloatVector c70 = start(c, o7, add);
        FloatVector c71 = start(c, o7 + LANES, add);
        for (int k = 0; k < depth; k++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, b, b0 + k * Panels.WIDTH);
            FloatVector w1 = FloatVector.fromArray(SPECIES, b, b1 + k * Panels.WIDTH);
            FloatVector x0 = FloatVector.broadcast(SPECIES, a[i0]);
            i0 += step;
            c00 = x0.fma(w0, c00);
            c01 = x0.fma(w1, c01);
            FloatVector x1 = FloatVector.broadcast(SPECIES, a[i1]);
            i1 += step;
            c10 = x1.fma(w0, c10);
            c11 = x1.fma(w1, c11);
            FloatVector x2 = FloatVector.broadcast(SPECIES, a[i2]);
            i2 += step;
            c20 = x2.fma(w0, c20);
            c21 = x2.fma(w1, c21);
            FloatVector x3 = FloatVector.broadcast(SPECIES, a[i3]);
            i3 += step;
            c30 = x3.fma(w0, c30);
            c31 = x3.fma(w1, c31);
            FloatVector x4 = FloatVector.broadcast(SPECIES, a[i4]);
            i4 += step;
            c40 = x4.fma(w0, c40);
            c41 = x4.fma(w1, c41);
            FloatVector x5 = FloatVector.broadcast(SPECIES, a[i5]);
            i5 += step;
            c50 = x5.fma(w0, c50);
            c51 = x5.fma(w1, c51);
            FloatVector x6 = FloatVector.broadcast(SPECIES, a[i6]);
            i6 += step;
            c60 = x6.fma(w0, c60);
            c61 = x6.fma(w1, c61);
            FloatVector x7 = FloatVector.broadcast(SPECIES, a[i7]);
            i7 += step;
            c70 = x7.fma(w0, c70);
            c71 = x7.fma(w1, c71);
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
        c50.intoArray(c, o5);
        c51.intoArray(c, o5 + LANES);
        c60.intoArray(c, o6);
        c61.intoArray(c, o6 + LANES);
        c70.intoArray(c, o7);
        c71.intoArray(c, o7 + LANES);
    }

    /** Six rows of A, each with its k in a line, and two vectors of columns. */
    private static void tile6(
            float[] a,
            int i0,
            int aRow,
            float[] b,
            int b0,
            int b1,
            int depth,
            float[] c,
            int o0,
            int cRow,
            boolean add) {
        int i1 = i0 + aRow;
        int i2 = i1 + aRow;
        int i3 = i2 + aRow;
        int i4 = i3 + aRow;
        int i5 = i4 + aRow;
        int o1 = o0 + cRow;
        int o2 = o1 + cRow;
        int o3 = o2 + cRow;
        int o4 = o3 + cRow;
        int o5 = o4 + cRow;
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
        FloatVector c50 = start(c, o5, add);
        FloatVector c51 = start(c, o5 + LANES, add);
        for (int k = 0; k < depth; k++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, b, b0 + k * Panels.WIDTH);
            FloatVector w1 = FloatVector.fromArray(SPECIES, b, b1 + k * Panels.WIDTH);
            FloatVector x0 = FloatVector.broadcast(SPECIES, a[i0 + k]);
            c00 = x0.fma(w0, c00);
            c01 = x0.fma(w1, c01);
            FloatVector x1 = FloatVector.broadcast(SPECIES, a[i1 + k]);
            c10 = x1.fma(w0, c10);
            c11 = x1.fma(w1, c11);
            FloatVector x2 = FloatVector.broadcast(SPECIES, a[i2 + k]);
            c20 = x2.fma(w0, c20);
            c21 = x2.fma(w1, c21);
            FloatVector x3 = FloatVector.broadcast(SPECIES, a[i3 + k]);
            c30 = x3.fma(w0, c30);
            c31 = x3.fma(w1, c31);
            FloatVector x4 = FloatVector.broadcast(SPECIES, a[i4 + k]);
            c40 = x4.fma(w0, c40);
            c41 = x4.fma(w1, c41);
            FloatVector x5 = FloatVector.broadcast(SPECIES, a[i5 + k]);
            c50 = x5.fma(w0, c50);
            c51 = x5.fma(w1, c51);
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
        c50.intoArray(c, o5);
        c51.intoArray(c, o5 + LANES);
    }

    /** Four rows of A and two vectors of columns. */
    private static void tile4(
            float[] a,
            int i0,
            int aRow,
            int step,
            float[] b,
            int b0,
            int b1,
            int depth,
            float[] c,
            int o0,
            int cRow,
            boolean add) {
        int i1 = i0 + aRow;
        int i2 = i1 + aRow;
        int i3 = i2 + aRow;
        int o1 = o0 + cRow;
        int o2 = o1 + cRow;
        int o3 = o2 + cRow;
        FloatVector c00 = start(c, o0, add);
        FloatVector c01 = start(c, o0 + LANES, add);
        FloatVector c10 = start(c, o1, add);
        FloatVector c11 = start(c, o1 + LANES, add);
        FloatVector c20 = start(c, o2, add);
        FloatVector c21 = start(c, o2 + LANES, add);
        FloatVector c30 = start(c, o3, add);
        FloatVector c31 = start(c, o3 + LANES, add);
        for (int k = 0; k < depth; k++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, b, b0 + k * Panels.WIDTH);
            FloatVector w1 = FloatVector.fromArray(SPECIES, b, b1 + k * Panels.WIDTH);
            FloatVector x0 = FloatVector.broadcast(SPECIES, a[i0]);
            i0 += step;
            c00 = x0.fma(w0, c00);
            c01 = x0.fma(w1, c01);
            FloatVector x1 = FloatVector.broadcast(SPECIES, a[i1]);
            i1 += step;
            c10 = x1.fma(w0, c10);
            c11 = x1.fma(w1, c11);
            FloatVector x2 = FloatVector.broadcast(SPECIES, a[i2]);
            i2 += step;
            c20 = x2.fma(w0, c20);
            c21 = x2.fma(w1, c21);
            FloatVector x3 = FloatVector.broadcast(SPECIES, a[i3]);
            i3 += step;
            c30 = x3.fma(w0, c30);
            c31 = x3.fma(w1, c31);
        }
        c00.intoArray(c, o0);
        c01.intoArray(c, o0 + LANES);
        c10.intoArray(c, o1);
        c11.intoArray(c, o1 + LANES);
        c20.intoArray(c, o2);
        c21.intoArray(c, o2 + LANES);
        c30.intoArray(c, o3);
        c31.intoArray(c, o3 + LANES);
    }

    /** One row of A and two vectors of columns. */
    private static void tile1(
            float[] a, int i0, int step, float[] b, int b0, int b1, int depth, float[] c, int o0, boolean add) {
        FloatVector c00 = start(c, o0, add);
        FloatVector c01 = start(c, o0 + LANES, add);
        for (int k = 0; k < depth; k++) {
            FloatVector x0 = FloatVector.broadcast(SPECIES, a[i0]);
            i0 += step;
            c00 = x0.fma(FloatVector.fromArray(SPECIES, b, b0 + k * Panels.WIDTH), c00);
            c01 = x0.fma(FloatVector.fromArray(SPECIES, b, b1 + k * Panels.WIDTH), c01);
        }
        c00.intoArray(c, o0);
        c01.intoArray(c, o0 + LANES);
    }
}
