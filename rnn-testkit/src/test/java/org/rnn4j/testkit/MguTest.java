package org.rnn4j.testkit;

import org.rnn4j.api.CellSpec;

/** The contract test of a third-party cell. */
class MguTest extends RecurrentContract {
    @Override
    protected CellSpec spec() {
        return new Mgu(4, 6);
    }

    @Override
    protected int inputs() {
        return 4;
    }
}
