package org.rnn4j.core.kernel;

import org.rnn4j.api.op.Block;

/** Copies blocks, however they lie. */
final class Copying {
    private Copying() {}

    /** {@code to = from}, of the same rows and columns. */
    static void copy(Block from, Block to) {
        for (int r = 0; r < from.rows(); r++) {
            for (int c = 0; c < from.columns(); c++) {
                to.set(r, c, from.get(r, c));
            }
        }
    }
}
