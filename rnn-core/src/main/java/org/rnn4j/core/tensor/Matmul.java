package org.rnn4j.core.tensor;

import java.util.List;
import org.rnn4j.api.Shape;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Op;
import org.rnn4j.api.op.Saved;

/**
 * {@code y = x·W} or {@code y = x·Wᵀ}, for every row of x.
 *
 * @param kind which of the two
 * @param storage where W is a parameter's array, whose packed copies are kept; else null
 */
record Matmul(Kind kind, Storage storage) implements Op {
    enum Kind {
        /** {@code dx += dy·Wᵀ, dW += xᵀ·dy}. */
        PLAIN,
        /** {@code dx += dy·W, dW += dyᵀ·x}. */
        TRANSPOSED
    }

    @Override
    public String name() {
        return "matmul";
    }

    @Override
    public List<Shape> shapes(List<Shape> in) {
        Shape x = in.get(0);
        Shape w = in.get(1);
        String sign = kind == Kind.PLAIN ? "" : "ᵀ";
        if (x.rank() < 2 || w.rank() != 2) {
            throw new IllegalArgumentException("matmul " + x + "·" + w + sign + ": expected (…,K) times a matrix");
        }
        if (x.columns() != w.dim(kind == Kind.PLAIN ? 0 : 1)) {
            throw new IllegalArgumentException("matmul " + x + "·" + w + sign + ": inner dimensions differ");
        }
        return List.of(x.withColumns(w.dim(kind == Kind.PLAIN ? 1 : 0)));
    }

    @Override
    public void forward(Kernels k, Block[] in, Block[] out, Saved saved) {
        k.multiply(in[0], kind == Kind.PLAIN ? plain(k, in[1]) : transposed(k, in[1]), out[0]);
    }

    @Override
    public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Saved saved, Block[] dIn) {
        if (dIn[0] != null) {
            k.multiplyAdd(dOut[0], kind == Kind.PLAIN ? transposed(k, in[1]) : plain(k, in[1]), dIn[0]);
        }
        if (dIn[1] != null) {
            Block left = kind == Kind.PLAIN ? in[0] : dOut[0];
            Block right = kind == Kind.PLAIN ? dOut[0] : in[0];
            k.multiplyAdd(left.transposed(), right, dIn[1]);
        }
    }

    private Kernels.Packed plain(Kernels k, Block w) {
        return storage == null ? k.pack(w) : storage.packed(k, w);
    }

    private Kernels.Packed transposed(Kernels k, Block w) {
        return storage == null ? k.pack(w.transposed()) : storage.packedTransposed(k, w);
    }
}
