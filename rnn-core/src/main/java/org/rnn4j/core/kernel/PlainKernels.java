package org.rnn4j.core.kernel;

import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;

/** Kernels in plain Java: loops of fused multiply-adds that the compiler turns into vectors where it can. */
public final class PlainKernels implements Kernels {
    /** B column by column, so that the inner loop reads both operands in lines. */
    private record Columns(int rows, int columns, float[] data) implements Packed {}

    @Override
    public Packed pack(Block b) {
        float[] data = new float[b.size()];
        Copying.copy(b.transposed(), Block.of(data, b.columns(), b.rows()));
        return new Columns(b.rows(), b.columns(), data);
    }

    @Override
    public void multiply(Block a, Packed b, Block c) {
        product(a, CheckedProduct.operand(Columns.class, a, b, c), c, false);
    }

    @Override
    public void multiplyAdd(Block a, Packed b, Block c) {
        product(a, CheckedProduct.operand(Columns.class, a, b, c), c, true);
    }

    /** Tiles of four rows and two columns: eight chains at once keep both multiply-add units of a core busy. */
    private static void product(Block a, Columns b, Block c, boolean add) {
        Block left = a.columnStride() == 1 ? a : dense(a);
        for (int r = 0; r < c.rows(); r += 4) {
            for (int j = 0; j < c.columns(); j += 2) {
                if (r + 4 <= c.rows() && j + 2 <= c.columns()) {
                    tile(left, b, c, r, j, add);
                } else {
                    edge(left, b, c, r, j, add);
                }
            }
        }
    }

    private static void tile(Block a, Columns b, Block c, int r, int j, boolean add) {
        float[] x = a.data();
        int x0 = a.offset() + r * a.rowStride();
        int x1 = x0 + a.rowStride();
        int x2 = x1 + a.rowStride();
        int x3 = x2 + a.rowStride();
        float[] w = b.data();
        int w0 = j * b.rows();
        int w1 = w0 + b.rows();
        float c00 = add ? c.get(r, j) : 0;
        float c01 = add ? c.get(r, j + 1) : 0;
        float c10 = add ? c.get(r + 1, j) : 0;
        float c11 = add ? c.get(r + 1, j + 1) : 0;
        float c20 = add ? c.get(r + 2, j) : 0;
        float c21 = add ? c.get(r + 2, j + 1) : 0;
        float c30 = add ? c.get(r + 3, j) : 0;
        float c31 = add ? c.get(r + 3, j + 1) : 0;
        for (int k = 0; k < b.rows(); k++) {
            float b0 = w[w0 + k];
            float b1 = w[w1 + k];
            c00 = Math.fma(x[x0 + k], b0, c00);
            c01 = Math.fma(x[x0 + k], b1, c01);
            c10 = Math.fma(x[x1 + k], b0, c10);
            c11 = Math.fma(x[x1 + k], b1, c11);
            c20 = Math.fma(x[x2 + k], b0, c20);
            c21 = Math.fma(x[x2 + k], b1, c21);
            c30 = Math.fma(x[x3 + k], b0, c30);
            c31 = Math.fma(x[x3 + k], b1, c31);
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
    private static void edge(Block a, Columns b, Block c, int fromRow, int fromColumn, boolean add) {
        for (int r = fromRow; r < Math.min(fromRow + 4, c.rows()); r++) {
            for (int j = fromColumn; j < Math.min(fromColumn + 2, c.columns()); j++) {
                float sum = add ? c.get(r, j) : 0;
                for (int k = 0; k < b.rows(); k++) {
                    sum = Math.fma(a.get(r, k), b.data()[j * b.rows() + k], sum);
                }
                c.set(r, j, sum);
            }
        }
    }

    private static Block dense(Block a) {
        Block dense = Block.of(new float[a.size()], a.rows(), a.columns());
        Copying.copy(a, dense);
        return dense;
    }

    @Override
    public void exp(Block x, Block y) {
        for (int r = 0; r < x.rows(); r++) {
            for (int c = 0; c < x.columns(); c++) {
                y.set(r, c, Functions.exp(x.get(r, c)));
            }
        }
    }

    @Override
    public void tanh(Block x, Block y) {
        for (int r = 0; r < x.rows(); r++) {
            for (int c = 0; c < x.columns(); c++) {
                y.set(r, c, Functions.tanh(x.get(r, c)));
            }
        }
    }

    @Override
    public void sigmoid(Block x, Block y) {
        for (int r = 0; r < x.rows(); r++) {
            for (int c = 0; c < x.columns(); c++) {
                y.set(r, c, Functions.sigmoid(x.get(r, c)));
            }
        }
    }

    @Override
    public float sum(Block x) {
        float[] partial = new float[16];
        int i = 0;
        for (int r = 0; r < x.rows(); r++) {
            for (int c = 0; c < x.columns(); c++, i++) {
                partial[i & 15] += x.get(r, c);
            }
        }
        for (int width = 8; width >= 1; width /= 2) {
            for (int j = 0; j < width; j++) {
                partial[j] += partial[j + width];
            }
        }
        return partial[0];
    }

    @Override
    public void addSumOfRows(Block x, Block y) {
        for (int r = 0; r < x.rows(); r++) {
            for (int c = 0; c < x.columns(); c++) {
                y.set(0, c, y.get(0, c) + x.get(r, c));
            }
        }
    }

    @Override
    public float[] scratch(int size) {
        return new float[size];
    }
}
