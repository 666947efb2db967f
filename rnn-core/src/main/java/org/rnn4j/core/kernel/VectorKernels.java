package org.rnn4j.core.kernel;

import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;

/** Kernels on the Vector API ({@code jdk.incubator.vector}), with the bits of {@link PlainKernels}. */
public final class VectorKernels implements Kernels {
    private final PlainKernels plain = new PlainKernels();

    /** How many floats a vector of this CPU holds. */
    static int lanes() {
        return VectorProduct.SPECIES.length();
    }

    /** B in panels, see {@link VectorProduct#pack}. */
    private record Panels(int rows, int columns, float[] data) implements Packed {}

    @Override
    public Packed pack(Block b) {
        return new Panels(b.rows(), b.columns(), VectorProduct.pack(b));
    }

    @Override
    public void multiply(Block a, Packed b, Block c) {
        VectorProduct.multiply(a, CheckedProduct.operand(Panels.class, a, b, c).data(), c, false);
    }

    @Override
    public void multiplyAdd(Block a, Packed b, Block c) {
        VectorProduct.multiply(a, CheckedProduct.operand(Panels.class, a, b, c).data(), c, true);
    }

    @Override
    public void exp(Block x, Block y) {
        byRuns(x, y, VectorFunctions::exp, plain::exp);
    }

    @Override
    public void tanh(Block x, Block y) {
        byRuns(x, y, VectorFunctions::tanh, plain::tanh);
    }

    @Override
    public void sigmoid(Block x, Block y) {
        byRuns(x, y, VectorFunctions::sigmoid, plain::sigmoid);
    }

    /** A function of numbers that lie in a line. */
    private interface Run {
        void apply(float[] x, int from, float[] y, int to, int count);
    }

    private interface Whole {
        void apply(Block x, Block y);
    }

    private static void byRuns(Block x, Block y, Run run, Whole otherwise) {
        if (x.isDense() && y.isDense()) {
            run.apply(x.data(), x.offset(), y.data(), y.offset(), x.size());
        } else if (x.columnStride() == 1 && y.columnStride() == 1) {
            for (int r = 0; r < x.rows(); r++) {
                run.apply(
                        x.data(),
                        x.offset() + r * x.rowStride(),
                        y.data(),
                        y.offset() + r * y.rowStride(),
                        x.columns());
            }
        } else {
            otherwise.apply(x, y);
        }
    }

    @Override
    public float sum(Block x) {
        return plain.sum(x);
    }

    @Override
    public void addSumOfRows(Block x, Block y) {
        plain.addSumOfRows(x, y);
    }

    @Override
    public float[] scratch(int size) {
        return plain.scratch(size);
    }
}
