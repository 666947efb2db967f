package org.rnn4j.core.tensor;

import java.util.List;
import org.rnn4j.api.Shape;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Memory;
import org.rnn4j.api.op.Op;

/**
 * T steps, each {@code (N,…)}, as one {@code (N,T,…)}.
 *
 * @param step the shape of each step
 */
record Stack(Shape step, int steps) implements Op {
    static Stack of(Shape step, int steps) {
        if (step.rank() == 0) {
            throw new IllegalArgumentException("stack of " + step + ": expected steps of N rows");
        }
        return new Stack(step, steps);
    }

    @Override
    public String name() {
        return "stack";
    }

    @Override
    public List<Shape> shapes(List<Shape> in) {
        for (Shape shape : in) {
            if (!shape.equals(step)) {
                throw new IllegalArgumentException("stack of " + step + " and " + shape + ": shapes differ");
            }
        }
        int[] dims = new int[step.rank() + 1];
        dims[0] = step.dim(0);
        dims[1] = steps;
        for (int i = 1; i < step.rank(); i++) {
            dims[i + 1] = step.dim(i);
        }
        return List.of(Shape.of(dims));
    }

    @Override
    public void forward(Kernels k, Block[] in, Block[] out, Memory memory) {
        int rows = step.dim(0);
        int width = step.size() / Math.max(rows, 1);
        for (int t = 0; t < steps; t++) {
            for (int n = 0; n < rows; n++) {
                System.arraycopy(in[t].data(), n * width, out[0].data(), (n * steps + t) * width, width);
            }
        }
    }

    @Override
    public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory, Block[] dIn) {
        int rows = step.dim(0);
        int width = step.size() / Math.max(rows, 1);
        for (int t = 0; t < steps; t++) {
            if (dIn[t] != null) {
                for (int n = 0; n < rows; n++) {
                    Copies.add(dOut[0].data(), (n * steps + t) * width, dIn[t].data(), n * width, width);
                }
            }
        }
    }
}
