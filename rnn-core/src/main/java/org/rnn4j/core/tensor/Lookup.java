package org.rnn4j.core.tensor;

import java.util.List;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Shape;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.LookupOp;
import org.rnn4j.api.op.Memory;

/** Rows of a table by id: {@code y_i = table[ids_i]}, so {@code dTable[ids_i] += dy_i}. */
record Lookup(Ids ids) implements LookupOp {
    @Override
    public String name() {
        return "lookup";
    }

    @Override
    public List<Shape> shapes(List<Shape> in) {
        Shape table = in.get(0);
        if (table.rank() != 2) {
            throw new IllegalArgumentException("lookup in " + table + ": expected a table (V,D)");
        }
        return List.of(ids.shape().over(table.dim(1)));
    }

    @Override
    public void forward(int[] now, Kernels k, Block[] in, Block[] out, Memory memory) {
        int width = in[0].columns();
        for (int i = 0; i < now.length; i++) {
            System.arraycopy(in[0].data(), now[i] * width, out[0].data(), i * width, width);
        }
    }

    @Override
    public Block rowGradients(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory) {
        return dOut[0];
    }
}
