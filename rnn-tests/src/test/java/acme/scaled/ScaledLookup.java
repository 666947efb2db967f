package acme.scaled;

import java.util.List;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Shape;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.LookupOp;
import org.rnn4j.api.op.Memory;

/** Rows of a table times a number: {@code y_i = scale * table[ids_i]}, so {@code dTable[ids_i] += scale * dy_i}. */
record ScaledLookup(Ids ids, float scale) implements LookupOp {
    @Override
    public String name() {
        return "scaled lookup";
    }

    @Override
    public List<Shape> shapes(List<Shape> inputs) {
        return List.of(ids.shape().over(inputs.get(0).dim(1)));
    }

    @Override
    public void forward(int[] now, Kernels k, Block[] in, Block[] out, Memory memory) {
        Block table = in[0];
        for (int i = 0; i < now.length; i++) {
            for (int c = 0; c < table.columns(); c++) {
                out[0].set(i, c, scale * table.get(now[i], c));
            }
        }
    }

    @Override
    public Block rowGradients(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory) {
        Block dy = dOut[0];
        Block rows = Block.of(memory.scratch(dy.size()), dy.rows(), dy.columns());
        k.fill(scale, rows);
        k.times(rows, dy, rows);
        return rows;
    }
}
