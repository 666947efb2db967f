package acme.scaled;

import java.util.List;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Shape;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.LookupOp;
import org.rnn4j.api.op.Memory;

/** Rows of a table, each times a number of its own: {@code y_i = w_i * table[ids_i]}; a lookup with a second input, {@code (…,1)}. */
record WeightedLookup(Ids ids) implements LookupOp {
    @Override
    public String name() {
        return "weighted lookup";
    }

    @Override
    public List<Shape> shapes(List<Shape> inputs) {
        return List.of(ids.shape().over(inputs.get(0).dim(1)));
    }

    @Override
    public void forward(int[] now, Kernels k, Block[] in, Block[] out, Memory memory) {
        for (int i = 0; i < now.length; i++) {
            for (int c = 0; c < in[0].columns(); c++) {
                out[0].set(i, c, in[1].get(i, 0) * in[0].get(now[i], c));
            }
        }
    }

    @Override
    public Block rowGradients(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory) {
        Block dy = dOut[0];
        Block rows = Block.of(memory.scratch(dy.size()), dy.rows(), dy.columns());
        for (int i = 0; i < rows.rows(); i++) {
            for (int c = 0; c < rows.columns(); c++) {
                rows.set(i, c, in[1].get(i, 0) * dy.get(i, c));
            }
        }
        return rows;
    }

    @Override
    public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory, Block[] dIn) {
        LookupOp.super.backward(k, dOut, in, out, memory, dIn);
        if (dIn[1] != null) {
            for (int i = 0; i < dOut[0].rows(); i++) {
                float sum = 0;
                for (int c = 0; c < in[0].columns(); c++) {
                    sum += dOut[0].get(i, c) * in[0].get(ids.at(i), c);
                }
                dIn[1].set(i, 0, dIn[1].get(i, 0) + sum);
            }
        }
    }
}
