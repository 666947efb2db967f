package org.rnn4j.testkit;

import org.rnn4j.api.CellSpec;

/** The cells with wrong kernels are made from one with a right kernel. */
class ElmanTest extends RecurrentContract {
    @Override
    protected CellSpec spec() {
        return new Elman.Spec();
    }

    @Override
    protected int inputs() {
        return 4;
    }
}
