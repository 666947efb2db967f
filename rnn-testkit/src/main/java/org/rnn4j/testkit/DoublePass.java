package org.rnn4j.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntPredicate;
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
import org.rnn4j.core.Unrolling;

/**
 * The context of one float64 forward pass over one window. Start from {@link #first} and add the properties of the window.
 *
 * <p>States are named by the path of their place below the layer: {@code ""} is the layer itself, {@code cell} its part of that name. Not
 * thread-safe, and only for one forward pass, which fills {@link #last}.
 */
public final class DoublePass implements Pass {
    /**
     * What the places of one pass share.
     *
     * @param streams which inputs are steps of a stream; null if this is not a stream
     */
    private record Window(
            Spans spans,
            long seed,
            Map<String, State> carried,
            IntPredicate streams,
            Map<String, State> last,
            List<Tensor> penalties) {}

    private final Window window;
    private final String path;
    private final Draws draws;

    private DoublePass(Window window, String path, Draws draws) {
        this.window = window;
        this.path = path;
        this.draws = draws;
    }

    /** The first window: full rows, seed 0, no carried state. */
    public static DoublePass first() {
        return pass(Spans.full(), 0, Map.of(), null);
    }

    private static DoublePass pass(Spans spans, long seed, Map<String, State> carried, IntPredicate streams) {
        // The numbers that a model of this seed draws in step 0 for the node of this name.
        Draws draws = Draws.of(seed).at("pass").at(0).at(Float32.NODE);
        return new DoublePass(
                new Window(spans, seed, carried, streams, new LinkedHashMap<>(), new ArrayList<>()), "", draws);
    }

    /** This pass with sequences that begin and end inside the window; no state has been carried yet. */
    public DoublePass withSpans(Spans spans) {
        return pass(spans, window.seed, window.carried, window.streams);
    }

    /** This pass with random numbers of another seed; no state has been carried yet. */
    public DoublePass withSeed(long seed) {
        return pass(window.spans, seed, window.carried, window.streams);
    }

    /**
     * This pass with states carried over from the previous window; no state has been carried yet.
     *
     * @param carried by path; copied. They are used as they are: variables in them get gradients
     */
    public DoublePass withCarried(Map<String, State> carried) {
        return pass(window.spans, window.seed, new LinkedHashMap<>(carried), window.streams);
    }

    /**
     * This pass as a streaming session runs it: a layer that is not stateful also starts from the carried state. No state has been carried yet.
     */
    public DoublePass streaming() {
        return streaming(input -> true);
    }

    /** This pass as run by a session that streams some inputs and is given the others completely. */
    DoublePass streaming(IntPredicate inputs) {
        return pass(window.spans, window.seed, window.carried, inputs);
    }

    /** The pass of the next window: it starts from the states that this one carried, without gradient, and has full rows. */
    public DoublePass next() {
        Map<String, State> carried = new LinkedHashMap<>();
        window.last.forEach((place, state) -> carried.put(place, state.map(Tensor::detach)));
        return pass(Spans.full(), window.seed, carried, window.streams);
    }

    /** The states carried so far, by path; unmodifiable. */
    public Map<String, State> last() {
        return Collections.unmodifiableMap(window.last);
    }

    /** The penalties that layers have added so far; unmodifiable. */
    public List<Tensor> penalties() {
        return Collections.unmodifiableList(window.penalties);
    }

    @Override
    public Spans spans() {
        return window.spans;
    }

    @Override
    public Draws draws() {
        return draws;
    }

    @Override
    public State carried(List<StatePart> parts, int rows) {
        State carried = window.carried.get(path);
        return carried == null ? zeros(parts, rows) : carried.matching(parts, rows);
    }

    @Override
    public State initial(List<StatePart> parts, int rows) {
        return streams() ? carried(parts, rows) : zeros(parts, rows);
    }

    @Override
    public State initial(State first) {
        State carried = streams() ? window.carried.get(path) : null;
        return carried == null ? first : carried;
    }

    @Override
    public boolean streams() {
        return window.streams != null;
    }

    @Override
    public boolean streams(int input) {
        return streams() && window.streams.test(input);
    }

    private State zeros(List<StatePart> parts, int rows) {
        Map<String, Tensor> zeros = new LinkedHashMap<>();
        parts.forEach(part -> zeros.put(part.name(), zeros(part.row().under(rows))));
        return State.of(zeros);
    }

    @Override
    public void carry(State last) {
        if (window.last.putIfAbsent(path, last) != null) {
            throw new IllegalStateException("carries a state twice in one window; give each part a name with within");
        }
    }

    @Override
    public void penalize(Tensor penalty) {
        window.penalties.add(penalty);
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
        return DoubleTensor.of(shape, new double[shape.size()]);
    }

    @Override
    public Pass over(Spans spans) {
        Window changed = new Window(spans, window.seed, window.carried, window.streams, window.last, window.penalties);
        return new DoublePass(changed, path, draws);
    }

    @Override
    public <R> R within(String name, Function<Pass, R> part) {
        DoublePass inner = new DoublePass(window, path.isEmpty() ? name : path + "." + name, draws.at(name));
        return LayerException.within(name, () -> part.apply(inner));
    }
}
