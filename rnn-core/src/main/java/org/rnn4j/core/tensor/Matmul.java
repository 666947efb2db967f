package org.rnn4j.core.tensor;

import java.util.List;
import org.rnn4j.api.Shape;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Memory;
import org.rnn4j.api.op.Op;

/** A product of every row of x with a matrix; or of every batch row of x with a matrix of its own, see {@link BatchMatmul}. */
enum Matmul implements Op {
    /** {@code y = x·W}, so {@code dx += dy·Wᵀ, dW += xᵀ·dy}. */
    MATMUL,
    /** {@code y = x·Wᵀ}, so {@code dx += dy·W, dW += dyᵀ·x}. */
    MATMUL_TRANSPOSED;

    @Override
    public List<Shape> shapes(List<Shape> in) {
        Shape x = in.get(0);
        Shape w = in.get(1);
        String sign = this == MATMUL ? "" : "ᵀ";
        if (x.rank() < 2 || w.rank() != 2) {
            throw new IllegalArgumentException("matmul " + x + "·" + w + sign + ": expected (…,K) times a matrix");
        }
        if (x.columns() != w.dim(this == MATMUL ? 0 : 1)) {
            throw new IllegalArgumentException("matmul " + x + "·" + w + sign + ": inner dimensions differ");
        }
        return List.of(x.withColumns(w.dim(this == MATMUL ? 1 : 0)));
    }

    @Override
    public void forward(Kernels k, Block[] in, Block[] out, Memory memory) {
        k.multiply(in[0], memory.packed(this == MATMUL ? in[1] : transposed(in[1], memory)), out[0]);
    }

    /** Made once for all steps of a session, which must not allocate. */
    private static Block transposed(Block w, Memory memory) {
        if (memory.prepared() instanceof Block made) {
            return made;
        }
        Block made = w.transposed();
        memory.prepare(made);
        return made;
    }

    @Override
    public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory, Block[] dIn) {
        if (dIn[0] != null) {
            k.multiplyAdd(dOut[0], memory.packed(this == MATMUL ? in[1].transposed() : in[1]), dIn[0]);
        }
        if (dIn[1] != null) {
            Block left = this == MATMUL ? in[0] : dOut[0];
            Block right = this == MATMUL ? dOut[0] : in[0];
            k.multiplyAdd(left.transposed(), memory.packed(right), dIn[1]);
        }
    }

    @Override
    public String toString() {
        return "matmul";
    }
}
