package org.rnn4j.core.tensor;

import java.util.List;
import java.util.Locale;
import org.rnn4j.api.Shape;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Op;
import org.rnn4j.api.op.Saved;

/** {@code y = x·W} or {@code y = x·Wᵀ}, for every row of x. */
enum Matmul implements Op {
    /** {@code dx += dy·Wᵀ, dW += xᵀ·dy}. */
    PLAIN {
        @Override
        Block right(Block w) {
            return w;
        }
    },
    /** {@code dx += dy·W, dW += dyᵀ·x}. */
    TRANSPOSED {
        @Override
        Block right(Block w) {
            return w.transposed();
        }
    };

    abstract Block right(Block w);

    @Override
    public List<Shape> shapes(List<Shape> in) {
        Shape x = in.get(0);
        Shape w = in.get(1);
        String sign = this == PLAIN ? "" : "ᵀ";
        if (x.rank() < 2 || w.rank() != 2) {
            throw new IllegalArgumentException("matmul " + x + "·" + w + sign + ": expected (…,K) times a matrix");
        }
        if (x.columns() != w.dim(this == PLAIN ? 0 : 1)) {
            throw new IllegalArgumentException("matmul " + x + "·" + w + sign + ": inner dimensions differ");
        }
        return List.of(x.withColumns(w.dim(this == PLAIN ? 1 : 0)));
    }

    @Override
    public void forward(Kernels k, Block[] in, Block[] out, Saved saved) {
        k.multiply(in[0], right(in[1]), out[0]);
    }

    @Override
    public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Saved saved, Block[] dIn) {
        if (dIn[0] != null) {
            k.multiplyAdd(dOut[0], right(in[1]).transposed(), dIn[0]);
        }
        if (dIn[1] != null) {
            if (this == PLAIN) {
                k.multiplyAdd(in[0].transposed(), dOut[0], dIn[1]);
            } else {
                k.multiplyAdd(dOut[0].transposed(), in[0], dIn[1]);
            }
        }
    }

    @Override
    public String toString() {
        return "matmul " + name().toLowerCase(Locale.ROOT);
    }
}
