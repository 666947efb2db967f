package org.rnn4j.testkit;

import org.rnn4j.api.CellSpec;

/** The broken cells are made from a good one. */
class LeakyTest extends RecurrentContract {
    @Override
    protected CellSpec spec() {
        return Leaky.spec();
    }

    @Override
    protected int inputs() {
        return 4;
    }
}
