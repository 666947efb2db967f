package org.rnn4j.core.tensor;

import java.util.List;
import org.rnn4j.api.Shape;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Memory;
import org.rnn4j.api.op.Op;

/** Some of the columns of every row. */
record Columns(int from, int to) implements Op {
    @Override
    public String name() {
        return "columns";
    }

    @Override
    public List<Shape> shapes(List<Shape> in) {
        Shape x = in.get(0);
        if (from < 0 || to > x.columns() || from > to) {
            throw new IllegalArgumentException("columns " + from + " to " + to + " of " + x + ": outside");
        }
        return List.of(x.withColumns(to - from));
    }

    @Override
    public void forward(Kernels k, Block[] in, Block[] out, Memory memory) {
        int width = in[0].columns();
        for (int r = 0; r < in[0].rows(); r++) {
            System.arraycopy(in[0].data(), r * width + from, out[0].data(), r * (to - from), to - from);
        }
    }

    @Override
    public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory, Block[] dIn) {
        int width = in[0].columns();
        for (int r = 0; r < in[0].rows(); r++) {
            Copies.add(dOut[0].data(), r * (to - from), dIn[0].data(), r * width + from, to - from);
        }
    }
}
