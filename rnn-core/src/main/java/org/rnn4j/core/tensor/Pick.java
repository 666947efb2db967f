package org.rnn4j.core.tensor;

import java.util.List;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Shape;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.IdsOp;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Memory;

/** One column of every row by id: {@code y_r = x[r, ids_r]}. */
record Pick(Ids ids) implements IdsOp {
    @Override
    public String name() {
        return "pick";
    }

    @Override
    public List<Shape> shapes(List<Shape> in) {
        Shape x = in.get(0);
        if (x.rank() == 0 || !x.without(-1).equals(ids.shape())) {
            throw new IllegalArgumentException(
                    "pick of " + x + " by ids " + ids.shape() + ": expected one id for each row");
        }
        return List.of(ids.shape());
    }

    @Override
    public int limit(List<Shape> in) {
        return in.get(0).columns();
    }

    @Override
    public String counted() {
        return "columns";
    }

    @Override
    public void forward(int[] now, Kernels k, Block[] in, Block[] out, Memory memory) {
        for (int r = 0; r < now.length; r++) {
            out[0].data()[r] = in[0].get(r, now[r]);
        }
    }

    @Override
    public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory, Block[] dIn) {
        for (int r = 0; r < in[0].rows(); r++) {
            dIn[0].data()[r * in[0].columns() + ids.at(r)] += dOut[0].data()[r];
        }
    }
}
