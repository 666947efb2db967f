package org.rnn4j.core.tensor;

import java.util.List;
import org.rnn4j.api.Shape;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Memory;
import org.rnn4j.api.op.Op;

/** The same numbers under another shape. */
record Reshape(Shape shape) implements Op {
    @Override
    public String name() {
        return "reshape";
    }

    @Override
    public List<Shape> shapes(List<Shape> in) {
        if (in.get(0).size() != shape.size()) {
            throw new IllegalArgumentException("reshape of " + in.get(0) + " to " + shape + ": sizes differ");
        }
        return List.of(shape);
    }

    @Override
    public void forward(Kernels k, Block[] in, Block[] out, Memory memory) {
        System.arraycopy(in[0].data(), 0, out[0].data(), 0, shape.size());
    }

    @Override
    public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory, Block[] dIn) {
        Copies.add(dOut[0].data(), 0, dIn[0].data(), 0, shape.size());
    }
}
