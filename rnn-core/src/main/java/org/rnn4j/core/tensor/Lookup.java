package org.rnn4j.core.tensor;

import java.util.List;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Shape;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Memory;

/** Rows of a table by id: {@code y_i = table[ids_i]}, so {@code dTable[ids_i] += dy_i}. */
record Lookup(Ids ids, Trace trace) implements IdsOp {
    static Lookup of(Ids ids) {
        return new Lookup(Trace.unwatched(ids), Trace.of(ids));
    }

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
        ids.below(table.dim(0), "vocabulary");
        return List.of(ids.shape().over(table.dim(1)));
    }

    @Override
    public int limit(Block table) {
        return table.rows();
    }

    @Override
    public void forward(int[] now, Block table, Block y) {
        int width = table.columns();
        for (int i = 0; i < now.length; i++) {
            System.arraycopy(table.data(), now[i] * width, y.data(), i * width, width);
        }
    }

    @Override
    public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory, Block[] dIn) {
        int width = in[0].columns();
        for (int i = 0; i < ids.shape().size(); i++) {
            Copies.add(dOut[0].data(), i * width, dIn[0].data(), ids.at(i) * width, width);
        }
    }
}
