package org.rnn4j.core.kernel;

import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels.Packed;

/** The check that every product begins with. */
final class CheckedProduct {
    private CheckedProduct() {}

    /**
     * The packed operand, known to fit a product and to be of these kernels.
     *
     * @throws IllegalArgumentException with all dimensions
     */
    static <P extends Packed> P operand(Class<P> kind, Block a, Packed b, Block c) {
        if (a.columns() != b.rows() || c.rows() != a.rows() || c.columns() != b.columns()) {
            throw new IllegalArgumentException("multiply (" + a.rows() + "," + a.columns() + ")·(" + b.rows() + ","
                    + b.columns() + ") into (" + c.rows() + "," + c.columns() + "): dimensions differ");
        }
        if (!kind.isInstance(b)) {
            throw new IllegalArgumentException("multiply: the right operand was packed by other kernels");
        }
        return kind.cast(b);
    }
}
