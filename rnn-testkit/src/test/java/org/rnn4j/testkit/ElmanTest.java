package org.rnn4j.testkit;

import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Recurrent;

/** The cells with wrong kernels are made from one with a right kernel. */
class ElmanTest extends RecurrentContract {
    @Override
    protected LayerSpec<? extends Recurrent> spec() {
        return new Elman.Spec();
    }

    @Override
    protected int inputs() {
        return 4;
    }
}
