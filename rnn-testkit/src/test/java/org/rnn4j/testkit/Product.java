package org.rnn4j.testkit;

import java.util.List;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Memory;
import org.rnn4j.api.op.Op;

/** {@code y = a * b}, number by number, with something wrong in it. */
record Product(Fault fault) implements Op {
    enum Fault {
        NONE,
        /** Backward leaves out b. */
        FORGETS_AN_INPUT,
        /** Backward sets the gradients, where it should add to them. */
        OVERWRITES,
        /** The gradient of b has the wrong sign. */
        WRONG_SIGN
    }

    /** {@code a * s * s} with {@code s = Σ x + 2}, in which s is used twice. */
    static Tensor of(Fault fault, Tensor a, Tensor x) {
        Product op = new Product(fault);
        Tensor s = x.sumColumns().plus(2).plus(a.times(0));
        Tensor once = s.tanh();
        return op.on(a, s).map(out -> out.get(0)).orElseGet(() -> a.times(s)).plus(once);
    }

    @Override
    public String name() {
        return "product";
    }

    @Override
    public List<Shape> shapes(List<Shape> inputs) {
        return List.of(inputs.get(0));
    }

    @Override
    public void forward(Kernels k, Block[] in, Block[] out, Memory memory) {
        k.times(in[0], in[1], out[0]);
    }

    @Override
    public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory, Block[] dIn) {
        for (int i = 0; i < 2; i++) {
            Block other = in[1 - i];
            if (dIn[i] == null || (i == 1 && fault == Fault.FORGETS_AN_INPUT)) {
                continue;
            }
            if (fault == Fault.OVERWRITES) {
                k.times(dOut[0], other, dIn[i]);
            } else if (i == 1 && fault == Fault.WRONG_SIGN) {
                float[] negative = memory.scratch(other.size());
                Block minus = Block.of(negative, other.rows(), other.columns());
                k.fill(0, minus);
                k.minus(minus, other, minus);
                k.addTimes(dOut[0], minus, dIn[i]);
            } else {
                k.addTimes(dOut[0], other, dIn[i]);
            }
        }
    }
}
