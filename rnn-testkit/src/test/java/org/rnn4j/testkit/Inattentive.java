package org.rnn4j.testkit;

import java.util.List;
import java.util.function.Function;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Lengths;
import org.rnn4j.api.Pass;
import org.rnn4j.api.Resets;
import org.rnn4j.api.Shape;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Tensor;

/** A pass as a layer sees it that does not look at lengths, or at resets. */
record Inattentive(Pass pass, Lengths lengths, Resets resets) implements Pass {
    static Pass withoutLengths(Pass pass) {
        return new Inattentive(pass, Lengths.full(), pass.resets());
    }

    static Pass withoutResets(Pass pass) {
        return new Inattentive(pass, pass.lengths(), Resets.none());
    }

    @Override
    public Draws draws() {
        return pass.draws();
    }

    @Override
    public State carried(List<StatePart> parts, int rows) {
        return pass.carried(parts, rows);
    }

    @Override
    public State initial(List<StatePart> parts, int rows) {
        return pass.initial(parts, rows);
    }

    @Override
    public State initial(State first) {
        return pass.initial(first);
    }

    @Override
    public boolean streams() {
        return pass.streams();
    }

    @Override
    public void carry(State last) {
        pass.carry(last);
    }

    @Override
    public void penalize(Tensor penalty) {
        pass.penalize(penalty);
    }

    @Override
    public Tensor zeros(Shape shape) {
        return pass.zeros(shape);
    }

    @Override
    public <R> R within(String name, Function<Pass, R> part) {
        return pass.within(name, part);
    }
}
