package org.rnn4j.core.kernel;

import org.rnn4j.api.op.Block;

/** The matrix product as plain loops: {@code C = A·B} or {@code C += A·B}, each element one chain of multiply-adds in the order of k. */
final class PlainProduct {
    /** Rows and columns of a tile: eight chains at once keep both multiply-add units of a core busy. */
    private static final int HEIGHT = 4;

    private static final int WIDTH = 2;

    private PlainProduct() {}

    /** {@code c = a·b}, or {@code c += a·b}, for the columns {@code from} to {@code to}. */
    static void multiply(Block a, Panels b, Block c, int from, int to, boolean add) {
        for (int j = from; j < to; j += WIDTH) {
            for (int r = 0; r < c.rows(); r += HEIGHT) {
                if (r + HEIGHT <= c.rows() && j + WIDTH <= to) {
                    tile(a, b, c, r, j, add);
                } else {
                    edge(a, b, c, r, j, to, add);
                }
            }
        }
    }

    private static void tile(Block a, Panels b, Block c, int r, int j, boolean add) {
        float[] x = a.data();
        int step = a.columnStride();
        int x0 = a.offset() + r * a.rowStride();
        int x1 = x0 + a.rowStride();
        int x2 = x1 + a.rowStride();
        int x3 = x2 + a.rowStride();
        float[] w = b.data();
        int w0 = b.at(0, j);
        float c00 = add ? c.get(r, j) : 0;
        float c01 = add ? c.get(r, j + 1) : 0;
        float c10 = add ? c.get(r + 1, j) : 0;
        float c11 = add ? c.get(r + 1, j + 1) : 0;
        float c20 = add ? c.get(r + 2, j) : 0;
        float c21 = add ? c.get(r + 2, j + 1) : 0;
        float c30 = add ? c.get(r + 3, j) : 0;
        float c31 = add ? c.get(r + 3, j + 1) : 0;
        for (int k = 0; k < b.rows(); k++) {
            float b0 = w[w0];
            float b1 = w[w0 + 1];
            w0 += Panels.WIDTH;
            float a0 = x[x0];
            float a1 = x[x1];
            float a2 = x[x2];
            float a3 = x[x3];
            x0 += step;
            x1 += step;
            x2 += step;
            x3 += step;
            c00 = Fma.fma(a0, b0, c00);
            c01 = Fma.fma(a0, b1, c01);
            c10 = Fma.fma(a1, b0, c10);
            c11 = Fma.fma(a1, b1, c11);
            c20 = Fma.fma(a2, b0, c20);
            c21 = Fma.fma(a2, b1, c21);
            c30 = Fma.fma(a3, b0, c30);
            c31 = Fma.fma(a3, b1, c31);
        }
        c.set(r, j, c00);
        c.set(r, j + 1, c01);
        c.set(r + 1, j, c10);
        c.set(r + 1, j + 1, c11);
        c.set(r + 2, j, c20);
        c.set(r + 2, j + 1, c21);
        c.set(r + 3, j, c30);
        c.set(r + 3, j + 1, c31);
    }

    /** What is left of a tile at the last rows and columns. */
    private static void edge(Block a, Panels b, Block c, int fromRow, int fromColumn, int to, boolean add) {
        for (int r = fromRow; r < Math.min(fromRow + HEIGHT, c.rows()); r++) {
            for (int j = fromColumn; j < Math.min(fromColumn + WIDTH, to); j++) {
                float sum = add ? c.get(r, j) : 0;
                int w = b.at(0, j);
                for (int k = 0; k < b.rows(); k++) {
                    sum = Fma.fma(a.get(r, k), b.data()[w + k * Panels.WIDTH], sum);
                }
                c.set(r, j, sum);
            }
        }
    }
}
