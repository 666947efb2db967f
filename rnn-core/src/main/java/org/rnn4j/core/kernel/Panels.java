package org.rnn4j.core.kernel;

import java.util.Arrays;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels.Packed;

/**
 * The right operand B (K,N) of a product, cut into panels of {@link Panels#WIDTH} columns that lie k after k, so that the inner loop of a product
 * reads a panel in a line: element (k,j) is at {@code ((j / WIDTH) * K + k) * WIDTH + j % WIDTH}. Missing columns of the last panel are zeros. All
 * kernels read this layout, so they can take turns.
 *
 * @param rows K
 * @param columns N
 */
record Panels(int rows, int columns, float[] data) implements Packed {
    /** Columns of a panel: two vectors, and 16 where a CPU's vectors are short. */
    static final int WIDTH = VectorModule.lanes() > 8 ? 2 * VectorModule.lanes() : 16;

    /** How many columns of B are read together: one row after the other, their numbers come from far apart. */
    private static final int COLUMNS = 8 * WIDTH;

    /** How many rows of B are read at a time where B lies column by column: they stay in the first-level cache. */
    private static final int DEPTH = 64;

    static int size(Block b) {
        return (b.columns() + WIDTH - 1) / WIDTH * b.rows() * WIDTH;
    }

    /**
     * B as panels.
     *
     * @param packed memory for {@link #size} numbers
     */
    static Panels of(Block b, float[] packed) {
        int rows = b.rows();
        int tail = b.columns() % WIDTH;
        if (tail > 0) {
            int last = (b.columns() - tail) * rows;
            Arrays.fill(packed, last, last + rows * WIDTH, 0f);
        }
        for (int first = 0; first < b.columns(); first += COLUMNS) {
            Block some = b.columns(first, Math.min(b.columns(), first + COLUMNS));
            if (b.columnStride() == 1) {
                rowByRow(some, packed, first * rows);
            } else {
                columnByColumn(some, packed, first * rows);
            }
        }
        return new Panels(rows, b.columns(), packed);
    }

    private static void rowByRow(Block some, float[] packed, int to) {
        int from = some.offset();
        for (int k = 0; k < some.rows(); k++) {
            int at = to + k * WIDTH;
            for (int c = 0; c < some.columns(); c += WIDTH) {
                System.arraycopy(some.data(), from + c, packed, at, Math.min(WIDTH, some.columns() - c));
                at += some.rows() * WIDTH;
            }
            from += some.rowStride();
        }
    }

    private static void columnByColumn(Block some, float[] packed, int to) {
        float[] data = some.data();
        int rowStride = some.rowStride();
        for (int k = 0; k < some.rows(); k += DEPTH) {
            int depth = Math.min(DEPTH, some.rows() - k);
            for (int c = 0; c < some.columns(); c++) {
                int from = some.offset() + k * rowStride + c * some.columnStride();
                int at = to + (c / WIDTH * some.rows() + k) * WIDTH + c % WIDTH;
                // Apart: with a known stride the loop needs no checks.
                if (rowStride == 1) {
                    for (int i = 0; i < depth; i++) {
                        packed[at + i * WIDTH] = data[from + i];
                    }
                } else {
                    for (int i = 0; i < depth; i++) {
                        packed[at + i * WIDTH] = data[from + i * rowStride];
                    }
                }
            }
        }
    }

    /** Where the numbers of row k begin, from a column on. */
    int at(int k, int column) {
        return (column / WIDTH * rows + k) * WIDTH + column % WIDTH;
    }

    /**
     * The packed operand, known to fit a product.
     *
     * @throws IllegalArgumentException with all dimensions
     */
    static Panels operand(Block a, Packed b, Block c) {
        if (a.columns() != b.rows() || c.rows() != a.rows() || c.columns() != b.columns()) {
            throw new IllegalArgumentException("multiply (" + a.rows() + "," + a.columns() + ")·(" + b.rows() + ","
                    + b.columns() + ") into (" + c.rows() + "," + c.columns() + "): dimensions differ");
        }
        if (!(b instanceof Panels panels)) {
            throw new IllegalArgumentException("multiply: the right operand was packed by other kernels");
        }
        return panels;
    }
}
