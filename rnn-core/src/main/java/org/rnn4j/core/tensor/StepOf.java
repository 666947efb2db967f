package org.rnn4j.core.tensor;

import java.util.List;
import org.rnn4j.api.Shape;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Memory;
import org.rnn4j.api.op.Op;

/**
 * Step t of {@code (N,T,…)}: {@code (N,…)}.
 *
 * @param rows N
 * @param steps T
 * @param width how many numbers one row of one step has
 */
record StepOf(Shape shape, int rows, int steps, int width, int t) implements Op {
    static StepOf of(Shape x, int t) {
        if (x.rank() < 2 || t < 0 || t >= x.dim(1)) {
            throw new IllegalArgumentException("step " + t + " of " + x + ": outside");
        }
        Shape shape = x.without(1);
        return new StepOf(shape, x.dim(0), x.dim(1), x.dim(0) == 0 ? 0 : shape.size() / x.dim(0), t);
    }

    @Override
    public String name() {
        return "step";
    }

    @Override
    public List<Shape> shapes(List<Shape> in) {
        return List.of(shape);
    }

    @Override
    public void forward(Kernels k, Block[] in, Block[] out, Memory memory) {
        for (int n = 0; n < rows; n++) {
            System.arraycopy(in[0].data(), (n * steps + t) * width, out[0].data(), n * width, width);
        }
    }

    @Override
    public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory, Block[] dIn) {
        for (int n = 0; n < rows; n++) {
            Copies.add(dOut[0].data(), n * width, dIn[0].data(), (n * steps + t) * width, width);
        }
    }
}
