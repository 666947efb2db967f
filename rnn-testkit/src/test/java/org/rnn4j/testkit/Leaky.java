package org.rnn4j.testkit;

import java.util.List;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.Init;
import org.rnn4j.api.Params;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.Spec;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;

/** A leaky integrator, {@code h' = tanh(x·W + a*h)}, 4 to 6 wide: what the broken cells of the tests are made from. */
class Leaky implements Recurrent {
    final Tensor w;
    final Tensor a;

    Leaky(Params params) {
        w = params.get("w", Init.xavier(), 4, 6);
        a = params.get("a", Init.constant(0.9), 6);
    }

    static CellSpec spec() {
        return new Spec();
    }

    public record Spec() implements CellSpec {
        @Override
        public Recurrent create(Params params) {
            return new Leaky(params);
        }
    }

    @Override
    public List<StatePart> state() {
        return List.of(StatePart.of("h", 6));
    }

    @Override
    public Step step(Tensor x, State previous) {
        return stateIsOutput(next(x, previous.get("h")));
    }

    Tensor next(Tensor x, Tensor h) {
        return x.matmul(w).plus(h.times(a)).tanh();
    }

    static Step stateIsOutput(Tensor h) {
        return new Step(h, State.of("h", h));
    }
}
