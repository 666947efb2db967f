package org.rnn4j.testkit;

import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;

/** Kernels that split all work into parts of one item and run the last part first: an order that threads could have, but a reproducible one. */
record CutKernels(Kernels kernels) implements Kernels {
    @Override
    public void split(int items, int least, Part part) {
        for (int i = items - 1; i >= 0; i--) {
            part.run(i, i + 1);
        }
    }

    @Override
    public void multiply(Block a, Packed b, Block c) {
        kernels.multiply(a, b, c);
    }

    @Override
    public void multiplyAdd(Block a, Packed b, Block c) {
        kernels.multiplyAdd(a, b, c);
    }

    @Override
    public void exp(Block x, Block y) {
        kernels.exp(x, y);
    }

    @Override
    public void tanh(Block x, Block y) {
        kernels.tanh(x, y);
    }

    @Override
    public void sigmoid(Block x, Block y) {
        kernels.sigmoid(x, y);
    }

    @Override
    public void tanhGradient(Block dy, Block y, Block dx) {
        kernels.tanhGradient(dy, y, dx);
    }

    @Override
    public void tanhGradient(Block dy, Block factor, Block y, Block dx) {
        kernels.tanhGradient(dy, factor, y, dx);
    }

    @Override
    public void sigmoidGradient(Block dy, Block y, Block dx) {
        kernels.sigmoidGradient(dy, y, dx);
    }

    @Override
    public void sigmoidGradient(Block dy, Block factor, Block y, Block dx) {
        kernels.sigmoidGradient(dy, factor, y, dx);
    }

    @Override
    public void copy(Block x, Block y) {
        kernels.copy(x, y);
    }

    @Override
    public void fill(float value, Block y) {
        kernels.fill(value, y);
    }

    @Override
    public void plus(Block a, Block b, Block y) {
        kernels.plus(a, b, y);
    }

    @Override
    public void minus(Block a, Block b, Block y) {
        kernels.minus(a, b, y);
    }

    @Override
    public void times(Block a, Block b, Block y) {
        kernels.times(a, b, y);
    }

    @Override
    public void addTimes(Block a, Block b, Block y) {
        kernels.addTimes(a, b, y);
    }

    @Override
    public void mix(Block a, Block b, Block weight, Block y) {
        kernels.mix(a, b, weight, y);
    }

    @Override
    public float sum(Block x) {
        return kernels.sum(x);
    }

    @Override
    public float sumOfSquares(Block x) {
        return kernels.sumOfSquares(x);
    }

    @Override
    public void addSumOfRows(Block x, Block y) {
        kernels.addSumOfRows(x, y);
    }

    @Override
    public void logSumExp(Block x, Block y) {
        kernels.logSumExp(x, y);
    }

    @Override
    public void addSoftmax(Block x, Block z, Block scale, Block y) {
        kernels.addSoftmax(x, z, scale, y);
    }
}
