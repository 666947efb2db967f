package org.rnn4j.tests;

import java.util.List;
import java.util.function.Function;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Pass;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Tensors;
import org.rnn4j.core.Unrolling;

/** What a cell that is unrolled by itself, from a given state, needs to know of a window. */
record CellPass(Spans spans) implements Pass {
    @Override
    public Step unroll(Recurrent cell, Tensor xs, State first) {
        return Unrolling.of(cell, xs, first, this);
    }

    @Override
    public Step step(Recurrent cell, Tensor x, State previous) {
        return Unrolling.step(cell, x, previous);
    }

    @Override
    public Tensor zeros(Shape shape) {
        return Tensors.zeros(shape);
    }

    @Override
    public Draws draws() {
        throw new UnsupportedOperationException();
    }

    @Override
    public State carried(List<StatePart> parts, int rows) {
        throw new UnsupportedOperationException();
    }

    @Override
    public State initial(List<StatePart> parts, int rows) {
        throw new UnsupportedOperationException();
    }

    @Override
    public State initial(State first) {
        return first;
    }

    @Override
    public boolean streams() {
        return false;
    }

    @Override
    public void carry(State last) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void penalize(Tensor penalty) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Pass over(Spans others) {
        return new CellPass(others);
    }

    @Override
    public <R> R within(String name, Function<Pass, R> part) {
        throw new UnsupportedOperationException();
    }
}
