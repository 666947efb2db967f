package org.rnn4j.core.tensor;

import java.util.List;
import org.rnn4j.api.Shape;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Memory;
import org.rnn4j.api.op.Op;

/**
 * For each batch row a {@link Matmul} with a matrix of its own: {@code (N,T,K)} and {@code (N,K,M)}, or {@code (N,M,K)} transposed.
 *
 * @param kind which product
 * @param rows N
 */
record BatchMatmul(Matmul kind, int rows) implements Op {
    @Override
    public String name() {
        return "matmul";
    }

    @Override
    public List<Shape> shapes(List<Shape> in) {
        Shape x = in.get(0);
        Shape w = in.get(1);
        if (x.rank() != 3 || x.dim(0) != w.dim(0)) {
            throw new IllegalArgumentException("matmul " + x + "·" + w + (kind == Matmul.MATMUL ? "" : "ᵀ")
                    + ": expected (N,T,K) times a matrix for each of the N rows");
        }
        Shape y = kind.shapes(List.of(x.without(0), w.without(0))).get(0);
        return List.of(y.under(rows));
    }

    @Override
    public void forward(Kernels k, Block[] in, Block[] out, Memory memory) {
        Block[] made = blocks(in, out, memory);
        for (int n = 0; n < rows; n++) {
            k.multiply(made[3 * n], memory.packed(made[3 * n + 1]), made[3 * n + 2]);
        }
    }

    /** Row by row left operand, right operand and result: made once for all steps of a session, which must not allocate. */
    private Block[] blocks(Block[] in, Block[] out, Memory memory) {
        if (memory.prepared() instanceof Block[] made) {
            return made;
        }
        Block[] made = new Block[3 * rows];
        for (int n = 0; n < rows; n++) {
            Block w = of(in[1], n);
            made[3 * n] = of(in[0], n);
            made[3 * n + 1] = kind == Matmul.MATMUL ? w : w.transposed();
            made[3 * n + 2] = of(out[0], n);
        }
        memory.prepare(made);
        return made;
    }

    private Block of(Block all, int n) {
        int each = all.rows() / rows;
        return all.rows(n * each, (n + 1) * each);
    }

    @Override
    public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory, Block[] dIn) {
        for (int n = 0; n < rows; n++) {
            Block x = of(in[0], n);
            Block w = of(in[1], n);
            Block dy = of(dOut[0], n);
            if (dIn[0] != null) {
                k.multiplyAdd(dy, memory.packed(kind == Matmul.MATMUL ? w.transposed() : w), of(dIn[0], n));
            }
            if (dIn[1] != null) {
                Block left = kind == Matmul.MATMUL ? x : dy;
                Block right = kind == Matmul.MATMUL ? dy : x;
                k.multiplyAdd(left.transposed(), memory.packed(right), of(dIn[1], n));
            }
        }
    }
}
