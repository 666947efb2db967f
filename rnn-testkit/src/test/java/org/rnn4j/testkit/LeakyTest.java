package org.rnn4j.testkit;

import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Recurrent;

/** The broken cells are made from a good one. */
class LeakyTest extends RecurrentContract {
    @Override
    protected LayerSpec<? extends Recurrent> spec() {
        return Leaky.spec();
    }

    @Override
    protected int inputs() {
        return 4;
    }
}
