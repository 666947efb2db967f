package org.rnn4j.run;

import org.rnn4j.api.Init;
import org.rnn4j.api.Params;
import org.rnn4j.api.Tensor;

/** Parameters for a loss, which has none: whatever is learnt belongs to the model. */
final class NoParams implements Params {
    @Override
    public Tensor get(String name, Init init, int... dims) {
        throw refused(name);
    }

    @Override
    public Params scope(String name) {
        return this;
    }

    @Override
    public Tensor shared(String path, int... dims) {
        throw refused(path);
    }

    @Override
    public boolean training() {
        return true;
    }

    private static IllegalArgumentException refused(String name) {
        return new IllegalArgumentException("a loss has no parameters, but this one asks for " + name);
    }
}
