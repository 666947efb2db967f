package org.rnn4j.api.op;

import java.util.List;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Shape;

/**
 * An op that reads the rows of its first input, a table (V,D), that ids name. The gradient of the table is 0 in all other rows. The op computes the
 * gradients of these rows and never touches the others. If the table is a parameter, its gradient stays sparse, and an update rule that leaves
 * numbers without a gradient unchanged updates only those rows.
 *
 * <pre>
 * y_i = f(table[ids_i])                     rowGradients: d_i = f'(table[ids_i]) * dy_i
 * dTable[ids_i] += d_i, for i = 0, 1, …     done by the caller, in this order
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
     * The gradients of the rows that were read: row i, with D columns, is added to the gradient of row {@code ids[i]}. One row for each id, dense,
     * valid until the backward pass of this op ends; the block may be one of {@code dOut}, or be in scratch memory.
     */
    Block rowGradients(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory);

    /**
     * Adds the rows to the dense gradient of the table. An op with more inputs overrides this, calls it first and then adds their gradients;
     * {@code dIn[0]} is null if the rows were used directly.
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
