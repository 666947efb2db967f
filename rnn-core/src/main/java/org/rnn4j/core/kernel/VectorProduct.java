package org.rnn4j.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.rnn4j.api.op.Block;

/**
 * The matrix product through the Vector API: {@code C = A·B} or {@code C += A·B}, with B in {@link Panels}; one thread's, with its memory.
 *
 * <p>A tile is a few rows of A by two vectors of columns of B: its accumulators stay in registers, and each k costs two loads of B and a
 * broadcast of A a row for two multiply-adds of whole vectors a row. Every element of C is one chain of multiply-adds in the order of k, whatever the
 * lanes, the tiles, the number of rows and the threads: its bits are those of the plain loop.
 *
 * <p>A piece of A is copied before it meets B, so that a row's k lie in a line and rows do not share cache sets, whatever A's strides are.
 *
 * <p>The tile of six rows is there in two forms, for the compilers of two JDKs. With one index for all rows, JDK 17 reaches the limit of the
 * machine, and JDK 25 loads the rows' numbers so early that an accumulator no longer fits the registers, at less than half the speed. With an
 * index a row, JDK 25 reaches the limit, and JDK 17 runs out of registers for its indices, at four fifths of it. {@link WarmUp} measures which is
 * faster. Measure on both before you change a tile: other shapes (5x4, 3x4, 10x2) and k taken in twos cost a factor of 2 to 50.
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

    /** From one row of a piece of A to the next: not a power of two, or rows would share cache sets. */
    private static final int LINE = DEPTH + 16;

    /** How many rows of A meet all panels before the next rows. */
    private static final int ROWS = 96;

    /** How many lines of {@link #DEPTH} numbers a piece of A has: it stays in the second-level cache. */
    private static final int LINES = 3 * ROWS;

    /** How many k of all rows are copied at a time where A lies column by column: what is read for the first row is still in the cache for the last. */
    private static final int BATCH = 32;

    /** The rows of the highest tile. */
    private static final int HIGHEST = 8;

    private final boolean indexed;

    /** All bits: see {@link #tile6}. */
    private final int mask = -1;

    private final float[] lines = new float[(LINES + HIGHEST) * LINE];
    private final float[] edge = new float[HIGHEST * GROUP];

    /**
     * One thread's products.
     *
     * @param indexed whether tiles have an index a row
     */
    VectorProduct(boolean indexed) {
        this.indexed = indexed;
    }

    /**
     * {@code c = a·b}, or {@code c += a·b}, for some of the columns.
     *
     * @param c with a column stride of 1
     * @param first the first column, a multiple of {@link Panels#WIDTH}
     * @param last the column after the last
     */
    void multiply(Block a, Panels b, Block c, int first, int last, boolean add) {
        int pieces = (a.rows() + ROWS - 1) / ROWS;
        // What is summed in one go is limited by the memory for A alone: C is then read and written the fewest times,
        // and a panel of B in a line.
        int most = Math.max(1, LINES * pieces / Math.max(1, a.rows() + pieces - 1)) * DEPTH;
        // Once at least: a sum of no products is what it begins at.
        for (int k = 0; k < Math.max(1, a.columns()); k += most) {
            int depth = Math.min(most, a.columns() - k);
            for (int p = 0; p < pieces; p++) {
                int from = a.rows() * p / pieces;
                Block rows = a.rows(from, a.rows() * (p + 1) / pieces);
                for (int i = 0; i < depth; i += DEPTH) {
                    toLines(rows, k + i, Math.min(DEPTH, depth - i), i / DEPTH * rows.rows() * LINE);
                }
                panels(
                        rows.rows(),
                        depth,
                        b,
                        k,
                        c.data(),
                        c.offset() + from * c.rowStride(),
                        c.rowStride(),
                        first,
                        last,
                        add || k > 0);
            }
        }
    }

    /** Copies some k of A, each row's in a line. */
    private void toLines(Block a, int k, int depth, int first) {
        float[] data = a.data();
        int step = a.columnStride();
        int from = a.offset() + k * step;
        if (step == 1) {
            for (int r = 0; r < a.rows(); r++) {
                System.arraycopy(data, from + r * a.rowStride(), lines, first + r * LINE, depth);
            }
            return;
        }
        for (int i = 0; i < depth; i += BATCH) {
            int end = Math.min(BATCH, depth - i);
            for (int r = 0; r < a.rows(); r++) {
                int at = from + r * a.rowStride() + i * step;
                int to = first + r * LINE + i;
                for (int j = 0; j < end; j++) {
                    lines[to + j] = data[at];
                    at += step;
                }
            }
        }
    }

    /** The rows in {@link #lines} by all panels. */
    private void panels(
            int rows, int depth, Panels b, int k, float[] c, int target, int cRow, int from, int to, boolean add) {
        if (rows <= 2) {
            for (int r = 0; r < rows; r++) {
                for (int i = 0; i < Math.max(1, depth); i += DEPTH) {
                    single(
                            (i / DEPTH * rows + r) * LINE,
                            Math.min(DEPTH, depth - i),
                            b,
                            k + i,
                            c,
                            target + r * cRow,
                            from,
                            to,
                            add || i > 0);
                }
            }
            return;
        }
        int eights = !WIDE ? 0 : rows % 8 == 0 ? rows / 8 : Math.max(0, rows / 8 - 1);
        int rest = rows - 8 * eights;
        // Sixes and fives make up any number from 20 on; below, some rows of the last five are not there.
        int fives = (6 - rest % 6) % 6;
        int sixes = (rest - 5 * fives) / 6;
        if (5 * fives > rest) {
            sixes = 0;
            fives = (rest + 4) / 5;
        }
        for (int column = from; column < to; column += GROUP) {
            int width = Math.min(GROUP, to - column);
            for (int done = 0; done < Math.max(1, depth); done += DEPTH) {
                int b0 = b.at(k + done, column);
                int first = done / DEPTH * rows * LINE;
                int row = 0;
                for (int i = 0; i < eights + sixes + fives; i++) {
                    int height = i < eights ? 8 : i < eights + sixes ? 6 : 5;
                    tile(
                            height,
                            Math.min(height, rows - row),
                            width,
                            first + row * LINE,
                            b.data(),
                            b0,
                            Math.min(DEPTH, depth - done),
                            c,
                            target + row * cRow + column,
                            cRow,
                            add || done > 0);
                    row += height;
                }
            }
        }
    }

    /** A tile; one that does not lie in C as a whole is computed beside it. */
    private void tile(
            int height,
            int rows,
            int width,
            int i0,
            float[] b,
            int b0,
            int depth,
            float[] c,
            int o0,
            int cRow,
            boolean add) {
        if (rows == height && width == GROUP) {
            tile(height, i0, b, b0, depth, c, o0, cRow, add);
            return;
        }
        for (int r = 0; add && r < rows; r++) {
            System.arraycopy(c, o0 + r * cRow, edge, r * GROUP, width);
        }
        tile(height, i0, b, b0, depth, edge, 0, GROUP, add);
        for (int r = 0; r < rows; r++) {
            System.arraycopy(edge, r * GROUP, c, o0 + r * cRow, width);
        }
    }

    private void tile(int height, int i0, float[] b, int b0, int depth, float[] c, int o0, int cRow, boolean add) {
        if (height == 8) {
            tile8(lines, i0, LINE, b, b0, depth, c, o0, cRow, add);
        } else if (height == 6 && indexed) {
            tile6Indexed(lines, i0, LINE, b, b0, depth, c, o0, cRow, add);
        } else if (height == 6) {
            tile6(lines, i0, b, b0, mask, depth, c, o0, cRow, add);
        } else {
            tile5(lines, i0, b, b0, mask, depth, c, o0, cRow, add);
        }
    }

    /** One row by all panels: it meets two groups of columns at a time, or all four multiply-adds would wait for the one before. */
    private void single(int i0, int depth, Panels b, int k, float[] c, int target, int from, int to, boolean add) {
        int whole = to - (to - from) % GROUP;
        for (int column = from; column < whole; column += 2 * GROUP) {
            // The last group of an odd number is computed twice.
            int second = column + GROUP < whole ? column + GROUP : column;
            tile1(
                    lines,
                    i0,
                    b.data(),
                    b.at(k, column),
                    b.at(k, second),
                    depth,
                    c,
                    target + column,
                    target + second,
                    add);
        }
        if (whole < to) {
            if (add) {
                System.arraycopy(c, target + whole, edge, 0, to - whole);
            }
            int b0 = b.at(k, whole);
            tile1(lines, i0, b.data(), b0, b0, depth, edge, 0, 0, add);
            System.arraycopy(edge, 0, c, target + whole, to - whole);
        }
    }

    private static FloatVector start(float[] to, int at, boolean add) {
        return add ? FloatVector.fromArray(SPECIES, to, at) : FloatVector.zero(SPECIES);
    }

    /** Eight rows of A and two vectors of columns. */
    private static void tile8(
            float[] a, int i0, int line, float[] b, int b0, int depth, float[] c, int o0, int cRow, boolean add) {
        int i1 = i0 + line;
        int i2 = i1 + line;
        int i3 = i2 + line;
        int i4 = i3 + line;
        int i5 = i4 + line;
        int i6 = i5 + line;
        int i7 = i6 + line;
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

    /**
     * Six rows of A and two vectors of columns; one index for all rows.
     *
     * @param mask all bits, which the compiler must not know: the index into B then does not follow from the loop's, so that its check stays in the loop and
     *     keeps loads from being moved together, and is no chain of additions, which the compiler takes through a vector register and back
     */
    private static void tile6(
            float[] a, int i0, float[] b, int b0, int mask, int depth, float[] c, int o0, int cRow, boolean add) {
        int end = i0 + depth;
        int b1 = b0 - i0 * Panels.WIDTH;
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
        for (int i = i0; i < end; i++) {
            int j = (i * Panels.WIDTH + b1) & mask;
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
            FloatVector x5 = FloatVector.broadcast(SPECIES, a[i + 5 * LINE]);
            c50 = x5.fma(w0, c50);
            c51 = x5.fma(w1, c51);
        }
        c00.intoArray(c, o0);
        c01.intoArray(c, o0 + LANES);
        c10.intoArray(c, o0 + cRow);
        c11.intoArray(c, o0 + cRow + LANES);
        c20.intoArray(c, o0 + 2 * cRow);
        c21.intoArray(c, o0 + 2 * cRow + LANES);
        c30.intoArray(c, o0 + 3 * cRow);
        c31.intoArray(c, o0 + 3 * cRow + LANES);
        c40.intoArray(c, o0 + 4 * cRow);
        c41.intoArray(c, o0 + 4 * cRow + LANES);
        c50.intoArray(c, o0 + 5 * cRow);
        c51.intoArray(c, o0 + 5 * cRow + LANES);
    }

    /** Six rows of A and two vectors of columns; an index a row. */
    private static void tile6Indexed(
            float[] a, int i0, int line, float[] b, int b0, int depth, float[] c, int o0, int cRow, boolean add) {
        int i1 = i0 + line;
        int i2 = i1 + line;
        int i3 = i2 + line;
        int i4 = i3 + line;
        int i5 = i4 + line;
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

    /** Five rows of A and two vectors of columns; like {@link #tile6}. */
    private static void tile5(
            float[] a, int i0, float[] b, int b0, int mask, int depth, float[] c, int o0, int cRow, boolean add) {
        int end = i0 + depth;
        int b1 = b0 - i0 * Panels.WIDTH;
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
            int j = (i * Panels.WIDTH + b1) & mask;
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
        c10.intoArray(c, o0 + cRow);
        c11.intoArray(c, o0 + cRow + LANES);
        c20.intoArray(c, o0 + 2 * cRow);
        c21.intoArray(c, o0 + 2 * cRow + LANES);
        c30.intoArray(c, o0 + 3 * cRow);
        c31.intoArray(c, o0 + 3 * cRow + LANES);
        c40.intoArray(c, o0 + 4 * cRow);
        c41.intoArray(c, o0 + 4 * cRow + LANES);
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
