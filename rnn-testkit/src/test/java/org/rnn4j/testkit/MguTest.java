package org.rnn4j.testkit;

import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Recurrent;

/** The contract of a cell, as an outsider writes it. */
class MguTest extends RecurrentContract {
    @Override
    protected LayerSpec<? extends Recurrent> spec() {
        return new Mgu(4, 6);
    }

    @Override
    protected int inputs() {
        return 4;
    }
}
