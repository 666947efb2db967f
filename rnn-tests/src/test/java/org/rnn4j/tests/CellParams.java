package org.rnn4j.tests;

import org.rnn4j.api.Params;
import org.rnn4j.api.Tensor;

/** Where a cell that is created by itself, to be trained, gets its parameters: from {@link #get} alone. */
interface CellParams extends Params {
    @Override
    default Params scope(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    default Tensor shared(String path, int... dims) {
        throw new UnsupportedOperationException();
    }

    @Override
    default boolean training() {
        return true;
    }
}
