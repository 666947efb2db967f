package org.rnn4j.core.tensor;

import java.util.List;
import org.rnn4j.api.Shape;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Memory;
import org.rnn4j.api.op.Op;

/** Equal blocks of the first input where a flag is true, of the second elsewhere. */
record Where(boolean[] keep) implements Op {
    @Override
    public String name() {
        return "where";
    }

    @Override
    public List<Shape> shapes(List<Shape> in) {
        Shape x = in.get(0);
        if (!x.equals(in.get(1))) {
            throw new IllegalArgumentException("where of " + x + " and " + in.get(1) + ": shapes differ");
        }
        if (keep.length == 0 ? x.size() != 0 : x.size() % keep.length != 0) {
            throw new IllegalArgumentException("where of " + x + " by " + keep.length + " flags: no equal blocks");
        }
        return List.of(x);
    }

    @Override
    public void forward(Kernels k, Block[] in, Block[] out, Memory memory) {
        for (int i = 0; i < keep.length; i++) {
            int width = out[0].size() / keep.length;
            System.arraycopy(in[keep[i] ? 0 : 1].data(), i * width, out[0].data(), i * width, width);
        }
    }

    @Override
    public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory, Block[] dIn) {
        for (int i = 0; i < keep.length; i++) {
            int width = out[0].size() / keep.length;
            Block to = dIn[keep[i] ? 0 : 1];
            if (to != null) {
                Copies.add(dOut[0].data(), i * width, to.data(), i * width, width);
            }
        }
    }
}
