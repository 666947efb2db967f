package org.rnn4j.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.rnn4j.api.Draws;
import org.rnn4j.api.LayerException;
import org.rnn4j.api.Pass;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;

/**
 * {@link Pass} for the layer at one place.
 *
 * @param inputSpans where sequences begin and end in each of the node's inputs
 * @param inputStreams whether each of the node's inputs is a step of a stream
 * @param ends where to put the states after the window, by place
 * @param penalties where to put what layers add to the loss
 */
record WindowPass(
        String place,
        Window window,
        List<Spans> inputSpans,
        List<Boolean> inputStreams,
        Kind kind,
        Draws draws,
        Map<String, State> ends,
        List<Tensor> penalties)
        implements Pass {

    /** What a window is a piece of. */
    enum Kind {
        /** A batch of windows: layers that are not stateful start from zeros. */
        BATCH,
        /** One sequence, split into windows of one step: every layer continues from its previous state. */
        STREAM
    }

    @Override
    public Spans spans() {
        return inputSpans.get(0);
    }

    @Override
    public Spans spans(int input) {
        return inputSpans.get(input);
    }

    @Override
    public State carried(List<StatePart> parts, int rows) {
        return window.carry().stateOrZeros(place, parts, rows);
    }

    @Override
    public State initial(List<StatePart> parts, int rows) {
        return (kind == Kind.STREAM ? window.carry() : Carry.none()).stateOrZeros(place, parts, rows);
    }

    @Override
    public State initial(State first) {
        State carried = kind == Kind.STREAM ? window.carry().states().get(place) : null;
        return carried == null ? first : carried;
    }

    @Override
    public boolean streams() {
        return kind == Kind.STREAM;
    }

    @Override
    public boolean streams(int input) {
        return inputStreams.get(input);
    }

    @Override
    public void carry(State last) {
        if (ends.put(place, last) != null) {
            throw new IllegalStateException("carries a state twice in one window; give each part a name with within");
        }
    }

    @Override
    public void penalize(Tensor penalty) {
        if (penalty.shape().rank() != 0) {
            throw new IllegalArgumentException("penalizes with a tensor of shape " + penalty.shape() + ", expected ()");
        }
        penalties.add(penalty);
    }

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
    public Pass over(Spans spans) {
        List<Spans> changed = new ArrayList<>(inputSpans);
        changed.set(0, spans);
        return new WindowPass(place, window, changed, inputStreams, kind, draws, ends, penalties);
    }

    @Override
    public <R> R within(String name, Function<Pass, R> part) {
        Pass inner = new WindowPass(
                place + "." + name, window, inputSpans, inputStreams, kind, draws.at(name), ends, penalties);
        return LayerException.within(name, () -> part.apply(inner));
    }
}
