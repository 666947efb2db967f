package org.rnn4j.layers.regularisation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Layer;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Params;
import org.rnn4j.api.Pass;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.Spec;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;
import org.rnn4j.layers.sequence.Time;

/**
 * T time steps of a cell in which a random part of the state keeps its value for a step: {@code (N,T,D)} to {@code (N,T,H)}.
 *
 * <pre>
 * s_t = m * s_{t-1} + (1 - m) * cell(x_t, s_{t-1})      for each part of the state
 * m = 1 with probability rate, else 0, for each number and step, in training;   m = rate otherwise
 * </pre>
 *
 * <p>Unlike dropout it puts no zeros into the memory, and gradients pass through the kept values unchanged. If the cell's output is a part of its
 * state, such as h, the output is that part after zoneout.
 *
 * <pre>{@code
 * Layer layer = new Zoneout(new LSTM(64, 128), Map.of("h", 0.05, "c", 0.5)).create(params); // parameters cell.wx, …
 * }</pre>
 *
 * <p>Cost: the cell's step, and a draw for each number of the state and step in training. Source: Krueger et al., "Zoneout:
 * regularizing RNNs by randomly preserving hidden activations", 2017, equation 4 and section 3.
 *
 * @param cell one time step
 * @param rates by part of the state, from 0 to below 1; parts that are not named are always updated
 * @param stateful see {@link Time}
 */
public record Zoneout(CellSpec cell, Map<String, Double> rates, Boolean stateful) implements LayerSpec<Layer> {
    /** Checks the values; a {@code stateful} of null is false. */
    public Zoneout {
        stateful = new Time(cell, stateful).stateful();
        if (rates == null || rates.isEmpty()) {
            throw new IllegalArgumentException("rates: expected a rate for a part of the state, such as h");
        }
        rates.forEach((part, rate) -> Spec.rate("rates: " + part, rate == null ? Double.NaN : rate));
        rates = Map.copyOf(rates);
    }

    /** Each window starts from zeros. */
    public Zoneout(CellSpec cell, Map<String, Double> rates) {
        this(cell, rates, null);
    }

    @Override
    public Layer create(Params params) {
        Recurrent whole = cell.part("cell", params);
        List<String> parts = whole.state().stream().map(StatePart::name).toList();
        for (String part : rates.keySet()) {
            if (!parts.contains(part)) {
                throw new IllegalArgumentException("rates: the cell's state has no part " + part + ", only " + parts);
            }
        }
        Time time = new Time(cell, stateful);
        if (!params.training()) {
            return (x, pass) -> time.unroll(new Expected(whole, rates, pass), x, pass);
        }
        return (x, pass) -> time.unroll(new Drawn(whole, rates, pass), x, pass);
    }

    /** The step with parts of its state replaced, and its output if that is such a part. */
    private static Step replaced(Step step, Map<String, Tensor> parts) {
        Tensor output = step.output();
        State state = step.state();
        for (Map.Entry<String, Tensor> part : parts.entrySet()) {
            output = step.output() == step.state().get(part.getKey()) ? part.getValue() : output;
            state = state.with(part.getKey(), part.getValue());
        }
        return new Step(output, state);
    }

    /** The mean over all masks. */
    private record Expected(Recurrent cell, Map<String, Double> rates, Pass pass) implements Recurrent {
        @Override
        public List<StatePart> state() {
            return cell.state();
        }

        @Override
        public Step step(Tensor x, State previous) {
            Step step = pass.step(cell, x, previous);
            Map<String, Tensor> mixed = new LinkedHashMap<>();
            rates.forEach((part, rate) -> mixed.put(
                    part,
                    previous.get(part).times(rate).plus(step.state().get(part).times(1 - rate))));
            return replaced(step, mixed);
        }
    }

    /** The cell for one window: it counts its steps, each of which has its own masks. */
    private static final class Drawn implements Recurrent {
        private final Recurrent cell;
        private final Map<String, Double> rates;
        private final Pass pass;
        private int t;

        Drawn(Recurrent cell, Map<String, Double> rates, Pass pass) {
            this.cell = cell;
            this.rates = rates;
            this.pass = pass;
        }

        @Override
        public List<StatePart> state() {
            return cell.state();
        }

        @Override
        public Step step(Tensor x, State previous) {
            Step step = pass.step(cell, x, previous);
            Draws ofStep = pass.draws().at(t++);
            Map<String, Tensor> mixed = new LinkedHashMap<>();
            rates.forEach((part, rate) ->
                    mixed.put(part, kept(previous.get(part), step.state().get(part), rate, ofStep.at(part))));
            return replaced(step, mixed);
        }

        /** Selected, not multiplied by 0, so that a number that is not taken has no effect. */
        private static Tensor kept(Tensor before, Tensor now, double rate, Draws draws) {
            boolean[] keep = new boolean[before.shape().size()];
            for (int i = 0; i < keep.length; i++) {
                keep[i] = draws.uniform(i) < rate;
            }
            return before.where(keep, now);
        }
    }
}
