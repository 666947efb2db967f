package org.rnn4j.core.kernel;

import org.rnn4j.api.op.Block;

/** Kernels on the Vector API ({@code jdk.incubator.vector}), with the bits of {@link PlainKernels}. Rows must lie in lines; others are left to the plain loops. */
public final class VectorKernels extends PlainKernels {
    private final ThreadLocal<VectorProduct> products;

    /**
     * Kernels that share large work with these threads.
     *
     * @param tiles the form of a product's inner loops
     */
    VectorKernels(Threads threads, Tiles tiles) {
        super(threads);
        products = ThreadLocal.withInitial(() -> new VectorProduct(tiles));
    }

    @Override
    void product(Block a, Panels b, Block c, int from, int to, boolean add) {
        if (c.columnStride() == 1) {
            products.get().multiply(a, b, c, from, to, add);
        } else {
            super.product(a, b, c, from, to, add);
        }
    }

    @Override
    public void exp(Block x, Block y) {
        if (!inLine("exp", x, y)) {
            super.exp(x, y);
            return;
        }
        int length = lineLength(x, y);
        for (int r = 0; r * length < y.size(); r++) {
            VectorFunctions.exp(x.data(), at(x, r), y.data(), at(y, r), length);
        }
    }

    @Override
    public void tanh(Block x, Block y) {
        if (!inLine("tanh", x, y)) {
            super.tanh(x, y);
            return;
        }
        int length = lineLength(x, y);
        for (int r = 0; r * length < y.size(); r++) {
            VectorFunctions.tanh(x.data(), at(x, r), y.data(), at(y, r), length);
        }
    }

    @Override
    public void sigmoid(Block x, Block y) {
        if (!inLine("sigmoid", x, y)) {
            super.sigmoid(x, y);
            return;
        }
        int length = lineLength(x, y);
        for (int r = 0; r * length < y.size(); r++) {
            VectorFunctions.sigmoid(x.data(), at(x, r), y.data(), at(y, r), length);
        }
    }

    @Override
    public void tanhGradient(Block dy, Block y, Block dx) {
        if (!inLine("tanhGradient", dy, y, dx)) {
            super.tanhGradient(dy, y, dx);
            return;
        }
        for (int r = 0; r < dx.rows(); r++) {
            VectorRows.tanhGradient(dy.data(), at(dy, r), y.data(), at(y, r), dx.data(), at(dx, r), dx.columns());
        }
    }

    @Override
    public void tanhGradient(Block dy, Block factor, Block y, Block dx) {
        if (!inLine("tanhGradient", dy, factor, dx) || !inLine("tanhGradient", y, dx)) {
            super.tanhGradient(dy, factor, y, dx);
            return;
        }
        for (int r = 0; r < dx.rows(); r++) {
            VectorRows.tanhGradient(
                    dy.data(),
                    at(dy, r),
                    factor.data(),
                    at(factor, r),
                    y.data(),
                    at(y, r),
                    dx.data(),
                    at(dx, r),
                    dx.columns());
        }
    }

    @Override
    public void sigmoidGradient(Block dy, Block y, Block dx) {
        if (!inLine("sigmoidGradient", dy, y, dx)) {
            super.sigmoidGradient(dy, y, dx);
            return;
        }
        for (int r = 0; r < dx.rows(); r++) {
            VectorRows.sigmoidGradient(dy.data(), at(dy, r), y.data(), at(y, r), dx.data(), at(dx, r), dx.columns());
        }
    }

    @Override
    public void sigmoidGradient(Block dy, Block factor, Block y, Block dx) {
        if (!inLine("sigmoidGradient", dy, factor, dx) || !inLine("sigmoidGradient", y, dx)) {
            super.sigmoidGradient(dy, factor, y, dx);
            return;
        }
        for (int r = 0; r < dx.rows(); r++) {
            VectorRows.sigmoidGradient(
                    dy.data(),
                    at(dy, r),
                    factor.data(),
                    at(factor, r),
                    y.data(),
                    at(y, r),
                    dx.data(),
                    at(dx, r),
                    dx.columns());
        }
    }

    @Override
    public void plus(Block a, Block b, Block y) {
        if (!inLine("plus", a, b, y)) {
            super.plus(a, b, y);
            return;
        }
        for (int r = 0; r < y.rows(); r++) {
            VectorRows.plus(a.data(), at(a, r), b.data(), at(b, r), y.data(), at(y, r), y.columns());
        }
    }

    @Override
    public void minus(Block a, Block b, Block y) {
        if (!inLine("minus", a, b, y)) {
            super.minus(a, b, y);
            return;
        }
        for (int r = 0; r < y.rows(); r++) {
            VectorRows.minus(a.data(), at(a, r), b.data(), at(b, r), y.data(), at(y, r), y.columns());
        }
    }

    @Override
    public void times(Block a, Block b, Block y) {
        if (!inLine("times", a, b, y)) {
            super.times(a, b, y);
            return;
        }
        for (int r = 0; r < y.rows(); r++) {
            VectorRows.times(a.data(), at(a, r), b.data(), at(b, r), y.data(), at(y, r), y.columns());
        }
    }

    @Override
    public void addTimes(Block a, Block b, Block y) {
        if (!inLine("addTimes", a, b, y)) {
            super.addTimes(a, b, y);
            return;
        }
        for (int r = 0; r < y.rows(); r++) {
            VectorRows.addTimes(a.data(), at(a, r), b.data(), at(b, r), y.data(), at(y, r), y.columns());
        }
    }

    @Override
    public void mix(Block a, Block b, Block weight, Block y) {
        if (!inLine("mix", a, b, y) || !inLine("mix", weight, y)) {
            super.mix(a, b, weight, y);
            return;
        }
        for (int r = 0; r < y.rows(); r++) {
            VectorRows.mix(
                    a.data(),
                    at(a, r),
                    b.data(),
                    at(b, r),
                    weight.data(),
                    at(weight, r),
                    y.data(),
                    at(y, r),
                    y.columns());
        }
    }

    @Override
    public float sum(Block x) {
        return x.isDense() ? VectorRows.sum(x.data(), x.offset(), x.size(), emptySums()) : super.sum(x);
    }

    @Override
    public boolean isFinite(float[] x, int from, int to) {
        return VectorRows.isFinite(x, from, to);
    }

    @Override
    public float sumOfSquares(Block x) {
        return x.isDense()
                ? VectorRows.sumOfSquares(x.data(), x.offset(), x.size(), emptySums())
                : super.sumOfSquares(x);
    }

    @Override
    float max(Block x, int r) {
        return x.columnStride() == 1 ? VectorRows.max(x.data(), at(x, r), x.columns()) : super.max(x, r);
    }

    @Override
    float sumOfExp(Block x, int r, float offset) {
        return x.columnStride() == 1
                ? VectorFunctions.sumOfExp(x.data(), at(x, r), x.columns(), offset, emptySums())
                : super.sumOfExp(x, r, offset);
    }

    @Override
    public void addSoftmax(Block x, Block z, Block scale, Block y) {
        if (!inLine("addSoftmax", x, y)) {
            super.addSoftmax(x, z, scale, y);
            return;
        }
        for (int r = 0; r < y.rows(); r++) {
            VectorFunctions.addExp(
                    x.data(), at(x, r), z.get(r, 0), scale.get(r, 0), y.data(), at(y, r), y.columns(), small());
        }
    }

    private static int at(Block x, int r) {
        return x.offset() + r * x.rowStride();
    }

    /**
     * How many numbers of both lie in one line: all, where there are no gaps. Not two loops, one for each case: C2 would inline the function into
     * both, run out of its budget in the midst of the second, and make an object of every vector there.
     */
    private static int lineLength(Block x, Block y) {
        return x.isDense() && y.isDense() ? y.size() : y.columns();
    }

    /** Whether each row lies in a line; refuses what does not fit. */
    private static boolean inLine(String operation, Block x, Block y) {
        sameRows(operation, x, y);
        return x.columnStride() == 1 && y.columnStride() == 1;
    }

    private static boolean inLine(String operation, Block a, Block b, Block y) {
        // Both are asked: either may not fit.
        boolean first = inLine(operation, a, y);
        return inLine(operation, b, y) && first;
    }
}
