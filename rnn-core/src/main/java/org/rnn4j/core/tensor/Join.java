package org.rnn4j.core.tensor;

import java.util.List;
import org.rnn4j.api.Shape;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Memory;
import org.rnn4j.api.op.Op;

/** Tensors side by side: the columns of the first, then those of the next. */
record Join() implements Op {
    @Override
    public String name() {
        return "join";
    }

    @Override
    public List<Shape> shapes(List<Shape> in) {
        Shape first = in.get(0);
        int columns = 0;
        for (Shape shape : in) {
            if (shape.rank() == 0
                    || shape.rank() != first.rank()
                    || !shape.without(-1).equals(first.without(-1))) {
                throw new IllegalArgumentException("join of " + first + " and " + shape + ": rows differ");
            }
            columns += shape.columns();
        }
        return List.of(first.withColumns(columns));
    }

    @Override
    public void forward(Kernels k, Block[] in, Block[] out, Memory memory) {
        int from = 0;
        for (Block part : in) {
            for (int r = 0; r < part.rows(); r++) {
                System.arraycopy(
                        part.data(), r * part.columns(), out[0].data(), r * out[0].columns() + from, part.columns());
            }
            from += part.columns();
        }
    }

    @Override
    public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory, Block[] dIn) {
        int from = 0;
        for (int i = 0; i < in.length; i++) {
            int columns = in[i].columns();
            if (dIn[i] != null) {
                for (int r = 0; r < in[i].rows(); r++) {
                    Copies.add(dOut[0].data(), r * dOut[0].columns() + from, dIn[i].data(), r * columns, columns);
                }
            }
            from += columns;
        }
    }
}
