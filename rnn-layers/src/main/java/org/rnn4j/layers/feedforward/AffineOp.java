package org.rnn4j.layers.feedforward;

import java.util.List;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Memory;
import org.rnn4j.api.op.Op;

/** {@link Affine} as one op on x, weight and bias: the sum of each number of y starts from its bias, so y is written once. */
enum AffineOp implements Op {
    /** {@code y = b + x·W}, so {@code dx += dy·Wᵀ, dW += xᵀ·dy, db += Σ dy}. */
    AFFINE,
    /** {@code y = b + x·Wᵀ}, so {@code dx += dy·W, dW += dyᵀ·x, db += Σ dy}. */
    AFFINE_TRANSPOSED;

    /** What a thread should have to do at least, in additions: some ten microseconds. */
    private static final int WORTH_SHARING = 1 << 16;

    /** The output, by this op if the tensors run it. */
    Tensor of(Tensor x, Tensor w, Tensor bias) {
        return on(x, w, bias)
                .map(out -> out.get(0))
                .orElseGet(() -> (this == AFFINE ? x.matmul(w) : x.matmulTransposed(w)).plus(bias));
    }

    @Override
    public List<Shape> shapes(List<Shape> inputs) {
        Shape x = inputs.get(0);
        Shape w = inputs.get(1);
        String sign = this == AFFINE ? "" : "ᵀ";
        if (x.rank() < 2) {
            throw new IllegalArgumentException("matmul " + x + "·" + w + sign + ": expected (…,K) times a matrix");
        }
        if (x.columns() != w.dim(this == AFFINE ? 0 : 1)) {
            throw new IllegalArgumentException("matmul " + x + "·" + w + sign + ": inner dimensions differ");
        }
        return List.of(x.withColumns(w.dim(this == AFFINE ? 1 : 0)));
    }

    @Override
    public void forward(Kernels k, Block[] in, Block[] out, Memory memory) {
        Block[] operands = operands(in, memory);
        k.copy(operands[1], out[0]);
        k.multiplyAdd(in[0], memory.packed(operands[0]), out[0]);
    }

    /** The right operand, and b once for each row: created once for all steps of a session, which must not allocate. */
    private Block[] operands(Block[] in, Memory memory) {
        if (memory.prepared() instanceof Block[] made) {
            return made;
        }
        Block[] made = {this == AFFINE ? in[1] : in[1].transposed(), in[2].repeated(in[0].rows())};
        memory.prepare(made);
        return made;
    }

    @Override
    public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory, Block[] dIn) {
        Block dy = dOut[0];
        if (dIn[0] != null) {
            Block w = this == AFFINE ? in[1].transposed() : in[1];
            k.multiplyAdd(dy, memory.packed(w), dIn[0]);
        }
        if (dIn[1] != null) {
            Block left = this == AFFINE ? in[0] : dy;
            Block right = this == AFFINE ? dy : in[0];
            k.multiplyAdd(left.transposed(), memory.packed(right), dIn[1]);
        }
        if (dIn[2] != null) {
            int least = Math.max(16, WORTH_SHARING / Math.max(1, dy.rows()));
            k.split(dy.columns(), least, (from, to) -> k.addSumOfRows(dy.columns(from, to), dIn[2].columns(from, to)));
        }
    }

    @Override
    public String toString() {
        return "affine";
    }
}
