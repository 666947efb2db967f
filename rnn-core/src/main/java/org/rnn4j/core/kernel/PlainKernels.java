package org.rnn4j.core.kernel;

import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;

/**
 * Kernels in plain Java: EJML's matrix product, and polynomials of fused multiply-adds for the functions.
 *
 * <p>A row of a product is the same bits whatever the number of rows, because EJML chooses its loops by the columns of the right
 * operand alone and adds up in the order of the inner dimension.
 */
public final class PlainKernels implements Kernels {

    @Override
    public void multiply(Block a, Block b, Block c) {
        check(a, b, c);
        if (!isWhole(c)) {
            Block product = Block.of(new float[c.size()], c.rows(), c.columns());
            multiply(a, b, product);
            copy(product, c, false);
        } else if (isWhole(a.transposed())) {
            CommonOps_FDRM.multTransA(matrix(a.transposed()), matrix(b), matrix(c));
        } else {
            CommonOps_FDRM.mult(matrix(a), matrix(b), matrix(c));
        }
    }

    @Override
    public void multiplyAdd(Block a, Block b, Block c) {
        check(a, b, c);
        if (!isWhole(c)) {
            Block product = Block.of(new float[c.size()], c.rows(), c.columns());
            multiply(a, b, product);
            copy(product, c, true);
        } else if (isWhole(a.transposed())) {
            CommonOps_FDRM.multAddTransA(matrix(a.transposed()), matrix(b), matrix(c));
        } else {
            CommonOps_FDRM.multAdd(matrix(a), matrix(b), matrix(c));
        }
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

    private static void check(Block a, Block b, Block c) {
        if (a.columns() != b.rows() || c.rows() != a.rows() || c.columns() != b.columns()) {
            throw new IllegalArgumentException("multiply (" + a.rows() + "," + a.columns() + ")·(" + b.rows() + ","
                    + b.columns() + ") into (" + c.rows() + "," + c.columns() + "): dimensions differ");
        }
    }

    private static boolean isWhole(Block block) {
        return block.isDense() && block.offset() == 0 && block.data().length == block.size();
    }

    /** The block as EJML sees matrices: its own array where it is one already, else a dense copy. */
    private static FMatrixRMaj matrix(Block block) {
        if (isWhole(block)) {
            return FMatrixRMaj.wrap(block.rows(), block.columns(), block.data());
        }
        FMatrixRMaj copy = new FMatrixRMaj(block.rows(), block.columns());
        if (block.isDense()) {
            copy.data = Arrays.copyOfRange(block.data(), block.offset(), block.offset() + block.size());
        } else {
            copy(block, Block.of(copy.data, block.rows(), block.columns()), false);
        }
        return copy;
    }

    /** {@code to = from}, or {@code to += from}. */
    private static void copy(Block from, Block to, boolean add) {
        for (int r = 0; r < from.rows(); r++) {
            for (int c = 0; c < from.columns(); c++) {
                to.set(r, c, add ? to.get(r, c) + from.get(r, c) : from.get(r, c));
            }
        }
    }
}
