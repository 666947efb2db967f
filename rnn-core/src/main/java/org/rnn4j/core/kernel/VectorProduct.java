package org.rnn4j.core.kernel;

import org.rnn4j.api.op.Block;

/**
 * The matrix product through the Vector API: {@code C = A·B} or {@code C += A·B}, with B in {@link Panels}; one thread's, with its memory.
 *
 * <p>Every element of C is one chain of multiply-adds in the order of k, whatever the lanes, the {@link Tiles}, the number of rows and the threads: its
 * bits are those of the plain loop.
 *
 * <p>A piece of A is copied before it meets B, so that a row's k lie in a line and rows do not share cache sets, whatever A's strides are.
 */
final class VectorProduct {
    private static final int DEPTH = Tiles.DEPTH;
    private static final int LINE = Tiles.LINE;
    private static final int GROUP = Tiles.GROUP;

    /** How many rows of A meet all panels before the next rows. */
    private static final int ROWS = 96;

    /** How many lines of {@link #DEPTH} numbers a piece of A has: it stays in the second-level cache. */
    private static final int LINES = 3 * ROWS;

    /** The rows of the highest tile. */
    private static final int HIGHEST = 8;

    private final Tiles tiles;
    private final float[] lines = new float[(LINES + HIGHEST) * LINE];
    private final float[] edge = new float[HIGHEST * GROUP];

    /** One thread's products. */
    VectorProduct(Tiles tiles) {
        this.tiles = tiles;
    }

    /**
     * {@code c = a·b}, or {@code c += a·b}, for some of the columns.
     *
     * @param c with a column stride of 1
     * @param first the first column, a multiple of {@link Panels#WIDTH}
     * @param last the column after the last
     */
    void multiply(Block a, Panels b, Block c, int first, int last, boolean add) {
        // Pieces of about the same size, and of whole tiles.
        int pieces = (a.rows() + ROWS - 1) / ROWS;
        int height = Tiles.WIDE ? 8 : 6;
        int most = (a.rows() + pieces * height - 1) / Math.max(1, pieces * height) * height;
        // What is summed in one go is limited by the memory for A alone: C is then read and written the fewest times,
        // and a panel of B in a line.
        int deepest = LINES / Math.max(1, most) * DEPTH;
        // Once at least: a sum of no products is what it begins at.
        for (int k = 0; k < Math.max(1, a.columns()); k += deepest) {
            int depth = Math.min(deepest, a.columns() - k);
            for (int from = 0; from < a.rows(); from += most) {
                Block rows = a.rows(from, Math.min(a.rows(), from + most));
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
        for (int i = 0; i < depth; i++) {
            int at = from + i * step;
            int to = first + i;
            // Apart: with known strides the loop needs no checks.
            if (a.rowStride() == 1) {
                for (int r = 0; r < a.rows(); r++) {
                    lines[to + r * LINE] = data[at + r];
                }
            } else {
                for (int r = 0; r < a.rows(); r++) {
                    lines[to + r * LINE] = data[at + r * a.rowStride()];
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
        // One five makes an odd number even, and a six is an eight and two rows less: no rest from 16 on.
        int fives = rows & 1;
        int sixes = ((5 * fives - rows) & 7) / 2;
        int eights = (rows - 6 * sixes - 5 * fives) / 8;
        if (!Tiles.WIDE || rows < 6 * sixes + 5 * fives) {
            // Sixes and fives alone make up any number from 20 on; below, some rows of the last five are not there.
            eights = 0;
            fives = (6 - rows % 6) % 6;
            sixes = (rows - 5 * fives) / 6;
            if (rows < 5 * fives) {
                sixes = 0;
                fives = (rows + 4) / 5;
            }
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
            tiles.tile8(lines, i0, b, b0, depth, c, o0, cRow, add);
        } else if (height == 6) {
            tiles.tile6(lines, i0, b, b0, depth, c, o0, cRow, add);
        } else {
            tiles.tile5(lines, i0, b, b0, depth, c, o0, cRow, add);
        }
    }

    /** One row by all panels: it meets two groups of columns at a time. */
    private void single(int i0, int depth, Panels b, int k, float[] c, int target, int from, int to, boolean add) {
        int whole = to - (to - from) % GROUP;
        for (int column = from; column < whole; column += 2 * GROUP) {
            // The last group of an odd number is computed twice.
            int second = column + GROUP < whole ? column + GROUP : column;
            tiles.tile1(
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
            tiles.tile1(lines, i0, b.data(), b0, b0, depth, edge, 0, 0, add);
            System.arraycopy(edge, 0, c, target + whole, to - whole);
        }
    }
}
