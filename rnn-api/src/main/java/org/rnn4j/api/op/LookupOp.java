package org.rnn4j.api.op;

import java.util.List;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Shape;

/**
 * An op that reads those rows of its first input, a table (V,D), that ids name, and so has a gradient of the table that is 0 in all other rows.
 * It says what these rows' gradients are, and never touches the others: where the table is a parameter, the gradient stays as few rows as were
 * used, and an update rule that leaves numbers without a gradient alone moves those rows only.
 *
 * <pre>
 * y_i = f(table[ids_i])                     rowGradients: d_i = f'(table[ids_i]) * dy_i
 * dTable[ids_i] += d_i, for i = 0, 1, …     done by whoever runs it, in this order
 * </pre>
 *
 * <p>Cost: that of the rows, whatever V is.
 */
public interface LookupOp extends IdsOp {
    /** V: the rows of the table. */
    @Override
    default int limit(List<Shape> inputs) {
        return inputs.get(0).dim(0);
    }

    /**
     * The gradients of the rows that were read: row i, of D columns, is added to that of row {@code ids[i]}. One row for each id, dense, good until
     * the backward pass of this op is over; it may be a block of {@code dOut}, or lie in scratch memory.
     */
    Block rowGradients(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory);

    /**
     * Adds the rows to the whole gradient of the table. An op with other inputs overrides this, calls it first and then adds theirs; {@code dIn[0]} is
     * null where the rows were taken as they are.
     */
    @Override
    default void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory, Block[] dIn) {
        if (dIn[0] == null) {
            return;
        }
        Block rows = rowGradients(k, dOut, in, out, memory);
        Ids ids = ids();
        for (int i = 0; i < rows.rows(); i++) {
            Block to = dIn[0].rows(ids.at(i), ids.at(i) + 1);
            k.plus(to, rows.rows(i, i + 1), to);
        }
    }
}
