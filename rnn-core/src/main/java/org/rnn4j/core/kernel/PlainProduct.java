package org.rnn4j.core.kernel;

import org.rnn4j.api.op.Block;

/**
 * The matrix product as plain loops: {@code C = A·B} or {@code C += A·B}, each element one chain of multiply-adds in the order of k.
 *
 * <p>A tile of two rows by four columns is eight chains at once, which keep both multiply-add units of a core busy and leave the compilers
 * of JDK 17 and 25 enough registers to unroll the loop: with twelve chains one of the two spills. The rows are copied side by side first, so
 * that every index is a constant times k plus where it begins, and the arrays' bounds are checked once before the loop.
 */
final class PlainProduct {
    private static final int HEIGHT = 2;
    private static final int WIDTH = 4;

    /** Where the rows' copy ends and a tile that does not lie in C as a whole begins. */
    private static final int EDGE = PlainKernels.SMALL - HEIGHT * WIDTH;

    /** How many k are summed before the chains go back to C. */
    private static final int DEPTH = EDGE / HEIGHT;

    private PlainProduct() {}

    /**
     * {@code c = a·b}, or {@code c += a·b}, for some of the columns.
     *
     * @param from the first column, a multiple of {@link Panels#WIDTH}
     * @param to the column after the last
     * @param small memory for {@link PlainKernels#SMALL} numbers
     */
    static void multiply(Block a, Panels b, Block c, int from, int to, boolean add, float[] small) {
        // Once at least: a sum of no products is what it begins at.
        for (int k = 0; k < Math.max(1, a.columns()); k += DEPTH) {
            int depth = Math.min(DEPTH, a.columns() - k);
            boolean more = add || k > 0;
            for (int r = 0; r < a.rows(); r += HEIGHT) {
                int height = Math.min(HEIGHT, a.rows() - r);
                copy(a.rows(r, r + height).columns(k, k + depth), small);
                for (int j = from; j < to; j += WIDTH) {
                    int at = b.at(k, j);
                    if (height == HEIGHT && j + WIDTH <= to) {
                        int target = c.offset() + r * c.rowStride() + j * c.columnStride();
                        tile(small, b.data(), at, depth, c.data(), target, c.rowStride(), c.columnStride(), more);
                    } else {
                        edge(
                                small,
                                b.data(),
                                at,
                                depth,
                                c.rows(r, r + height).columns(j, Math.min(j + WIDTH, to)),
                                more);
                    }
                }
            }
        }
    }

    /** Rows of A side by side. A missing second row keeps its old content, because its sums are never read. */
    private static void copy(Block rows, float[] small) {
        float[] x = rows.data();
        int step = rows.columnStride();
        for (int r = 0; r < rows.rows(); r++) {
            int from = rows.offset() + r * rows.rowStride();
            for (int k = 0; k < rows.columns(); k++) {
                small[k * HEIGHT + r] = x[from + k * step];
            }
        }
    }

    /** A tile of which C has only a part, computed beside C. After its last column a panel has zeros. */
    private static void edge(float[] small, float[] panel, int at, int depth, Block c, boolean add) {
        Block tile = new Block(small, EDGE, c.rows(), c.columns(), WIDTH, 1, null);
        for (int r = 0; add && r < c.rows(); r++) {
            for (int j = 0; j < c.columns(); j++) {
                tile.set(r, j, c.get(r, j));
            }
        }
        tile(small, panel, at, depth, small, EDGE, WIDTH, 1, add);
        for (int r = 0; r < c.rows(); r++) {
            for (int j = 0; j < c.columns(); j++) {
                c.set(r, j, tile.get(r, j));
            }
        }
    }

    /** Long enough that no compiler inlines it: inside the loops over rows and columns, its own is compiled worse. */
    private static void tile(
            float[] rows,
            float[] panel,
            int at,
            int depth,
            float[] c,
            int o00,
            int rowStride,
            int columnStride,
            boolean add) {
        int o01 = o00 + columnStride;
        int o02 = o01 + columnStride;
        int o03 = o02 + columnStride;
        int o10 = o00 + rowStride;
        int o11 = o10 + columnStride;
        int o12 = o11 + columnStride;
        int o13 = o12 + columnStride;
        float c00 = add ? c[o00] : 0;
        float c01 = add ? c[o01] : 0;
        float c02 = add ? c[o02] : 0;
        float c03 = add ? c[o03] : 0;
        float c10 = add ? c[o10] : 0;
        float c11 = add ? c[o11] : 0;
        float c12 = add ? c[o12] : 0;
        float c13 = add ? c[o13] : 0;
        for (int k = 0; k < depth; k++) {
            float b0 = panel[at + k * Panels.WIDTH];
            float b1 = panel[at + k * Panels.WIDTH + 1];
            float b2 = panel[at + k * Panels.WIDTH + 2];
            float b3 = panel[at + k * Panels.WIDTH + 3];
            float a0 = rows[k * HEIGHT];
            c00 = Fma.fma(a0, b0, c00);
            c01 = Fma.fma(a0, b1, c01);
            c02 = Fma.fma(a0, b2, c02);
            c03 = Fma.fma(a0, b3, c03);
            float a1 = rows[k * HEIGHT + 1];
            c10 = Fma.fma(a1, b0, c10);
            c11 = Fma.fma(a1, b1, c11);
            c12 = Fma.fma(a1, b2, c12);
            c13 = Fma.fma(a1, b3, c13);
        }
        c[o00] = c00;
        c[o01] = c01;
        c[o02] = c02;
        c[o03] = c03;
        c[o10] = c10;
        c[o11] = c11;
        c[o12] = c12;
        c[o13] = c13;
    }
}
