package org.rnn4j.core.tensor;

import java.util.List;
import org.rnn4j.api.Shape;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Memory;
import org.rnn4j.api.op.Op;

/** {@code factor * x + summand} with two plain numbers. */
record Linear(float factor, float summand) implements Op {
    @Override
    public String name() {
        return "linear";
    }

    @Override
    public List<Shape> shapes(List<Shape> in) {
        return in;
    }

    @Override
    public void forward(Kernels k, Block[] in, Block[] out, Memory memory) {
        float[] x = in[0].data();
        float[] y = out[0].data();
        for (int i = 0; i < out[0].size(); i++) {
            y[i] = factor * x[i] + summand;
        }
    }

    @Override
    public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory, Block[] dIn) {
        float[] dy = dOut[0].data();
        float[] dx = dIn[0].data();
        for (int i = 0; i < dIn[0].size(); i++) {
            dx[i] += factor * dy[i];
        }
    }
}
