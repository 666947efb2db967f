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

    /** Whether sixteen accumulators fit the registers: CPUs with vectors of sixteen floats have 32 of them, others 16. */
    private static final boolean WIDE = LANES >= 16;

    /** How many k are summed before the accumulators go back to C: a panel's piece stays in the first-level cache. */
    private static final int DEPTH = 256;

    /** How many rows of A meet all panels before the next rows: a piece of A stays in the second-level cache. */
    private static final int ROWS = 96;

    /** How many k of all rows are put in lines at a time: what is read for the first row is then still in the cache for the last. */
    private static final int LINES = 32;

    /** The numbers of a piece of A. */
    static final int PIECE = ROWS * DEPTH;

    private VectorProduct() {}

    /**
     * {@code c = a·b}, or {@code c += a·b}, for some of the columns.
     *
     * @param c with a column stride of 1
     * @param from the first column, a multiple of {@link Panels#WIDTH}
     * @param to the column after the last
     * @param edge memory for {@link PlainKernels#SMALL} numbers
     * @param lines memory for {@link #PIECE} numbers where a's rows do not lie in lines
     */
    static void multiply(Block a, Panels b, Block c, int from, int to, boolean add, float[] edge, float[] lines) {
        boolean inLine = a.columnStride() == 1;
        // Once at least: a sum of no products is what it begins at.
        for (int k = 0; k < Math.max(1, a.columns()); k += DEPTH) {
            int depth = Math.min(DEPTH, a.columns() - k);
            for (int row = 0; row < a.rows(); row += ROWS) {
                int rows = Math.min(ROWS, a.rows() - row);
                int left = a.offset() + row * a.rowStride() + k * a.columnStride();
                if (!inLine) {
                    toLines(a, left, rows, depth, lines);
                }
                Left piece = inLine
                        ? new Left(a.data(), left, a.rowStride(), rows, depth)
                        : new Left(lines, 0, depth, rows, depth);
                int target = c.offset() + row * c.rowStride();
                panels(piece, b, k, c.data(), target, c.rowStride(), from, to, add || k > 0, edge);
            }
        }
    }

    /** Some rows and some k of A, each row's k in a line. */
    private record Left(float[] data, int offset, int stride, int rows, int depth) {}

    /** Rows whose k do not lie in a line are put so: a tile reads each number as often as there are groups of columns. */
    private static void toLines(Block a, int from, int rows, int depth, float[] lines) {
        float[] data = a.data();
        int step = a.columnStride();
        for (int k = 0; k < depth; k += LINES) {
            int end = Math.min(LINES, depth - k);
            for (int r = 0; r < rows; r++) {
                int at = from + r * a.rowStride() + k * step;
                int to = r * depth + k;
                for (int i = 0; i < end; i++) {
                    lines[to + i] = data[at];
                    at += step;
                }
            }
        }
    }

    private static void panels(
            Left a, Panels b, int k, float[] c, int target, int cRow, int from, int to, boolean add, float[] edge) {
        int rows = inTiles(a.rows);
        int whole = to - (to - from) % GROUP;
        for (int column = from; column < whole; column += GROUP) {
            tiles(a, 0, rows, b.data(), b.at(k, column), c, target + column, cRow, add);
        }
        for (int r = rows; r < a.rows; r++) {
            singles(a, r, b, k, c, target + r * cRow, from, whole, add);
        }
        if (whole < to) {
            edge(a, b.data(), b.at(k, whole), c, target + whole, cRow, add, to - whole, edge);
        }
    }

    /** How many of some rows fit tiles of several. */
    private static int inTiles(int rows) {
        int rest = WIDE ? rows % 8 : rows % 6;
        // Of six and two, four and four are made: a rest of two would leave the multiply-add units waiting.
        return rest >= 4 || rest == 0
                ? rows - rest + rest / 4 * 4
                : !WIDE && rest >= 2 && rows >= 8 ? rows - rest + 2 : rows - rest;
    }

    /** One row after the other: each meets two groups of columns at a time, or all four multiply-adds would wait for the one before. */
    private static void singles(
            Left a, int row, Panels b, int k, float[] c, int target, int from, int to, boolean add) {
        int x = a.offset + row * a.stride;
        for (int column = from; column < to; column += 2 * GROUP) {
            // The last group of an odd number is computed twice.
            int second = column + GROUP < to ? column + GROUP : column;
            tile1(
                    a.data,
                    x,
                    b.data(),
                    b.at(k, column),
                    b.at(k, second),
                    a.depth,
                    c,
                    target + column,
                    target + second,
                    add);
        }
    }

    /** What does not lie in C as a whole group of columns is computed beside it, a tile's rows at a time. */
    private static void edge(
            Left a, float[] b, int b0, float[] c, int target, int cRow, boolean add, int width, float[] edge) {
        int height;
        for (int row = 0; row < a.rows; row += height) {
            int left = a.rows - row;
            height = WIDE && left >= 8 ? 8 : !WIDE && left >= 6 && left != 8 ? 6 : left >= 4 ? 4 : 1;
            int at = target + row * cRow;
            for (int r = 0; add && r < height; r++) {
                System.arraycopy(c, at + r * cRow, edge, r * GROUP, width);
            }
            if (height == 1) {
                tile1(a.data, a.offset + row * a.stride, b, b0, b0, a.depth, edge, 0, 0, add);
            } else {
                tiles(a, row, row + height, b, b0, edge, 0, GROUP, add);
            }
            for (int r = 0; r < height; r++) {
                System.arraycopy(edge, r * GROUP, c, at + r * cRow, width);
            }
        }
    }

    /** Rows that {@link #inTiles} fit tiles. */
    private static void tiles(
            Left a, int from, int to, float[] b, int b0, float[] c, int target, int cRow, boolean add) {
        int aRow = a.stride;
        int x = a.offset + from * aRow;
        int y = target;
        int rows = to - from;
        for (; WIDE && rows >= 8; rows -= 8, x += 8 * aRow, y += 8 * cRow) {
            tile8(a.data, x, aRow, b, b0, a.depth, c, y, cRow, add);
        }
        for (; !WIDE && rows >= 6 && rows != 8; rows -= 6, x += 6 * aRow, y += 6 * cRow) {
            tile6(a.data, x, aRow, b, b0, a.depth, c, y, cRow, add);
        }
        for (; rows >= 4; rows -= 4, x += 4 * aRow, y += 4 * cRow) {
            tile4(a.data, x, aRow, b, b0, a.depth, c, y, cRow, add);
        }
    }

    private static FloatVector start(float[] to, int at, boolean add) {
        return add ? FloatVector.fromArray(SPECIES, to, at) : FloatVector.zero(SPECIES);
    }

    /** Eight rows of A and two vectors of columns. */
    private static void tile8(
            float[] a, int i0, int aRow, float[] b, int b0, int depth, float[] c, int o0, int cRow, boolean add) {
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
            FloatVector w0 = FloatVector.fromArray(SPECIES, b, b0);
            FloatVector w1 = FloatVector.fromArray(SPECIES, b, b0 + LANES);
            b0 += Panels.WIDTH;
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
            FloatVector x6 = FloatVector.broadcast(SPECIES, a[i6 + k]);
            c60 = x6.fma(w0, c60);
            c61 = x6.fma(w1, c61);
            FloatVector x7 = FloatVector.broadcast(SPECIES, a[i7 + k]);
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

    /** Six rows of A and two vectors of columns. */
    private static void tile6(
            float[] a, int i0, int aRow, float[] b, int b0, int depth, float[] c, int o0, int cRow, boolean add) {
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
            FloatVector w0 = FloatVector.fromArray(SPECIES, b, b0);
            FloatVector w1 = FloatVector.fromArray(SPECIES, b, b0 + LANES);
            b0 += Panels.WIDTH;
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
            float[] a, int i0, int aRow, float[] b, int b0, int depth, float[] c, int o0, int cRow, boolean add) {
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
            FloatVector w0 = FloatVector.fromArray(SPECIES, b, b0);
            FloatVector w1 = FloatVector.fromArray(SPECIES, b, b0 + LANES);
            b0 += Panels.WIDTH;
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

    /** One row of A and two groups of columns. */
    private static void tile1(
            float[] a, int i0, float[] b, int b0, int b1, int depth, float[] c, int o0, int o1, boolean add) {
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
