package org.rnn4j.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rnn4j.api.Pass;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.Spans;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.op.Fused;
import org.rnn4j.api.op.FusedCell;
import org.rnn4j.core.unroll.FusedWindow;

/** Implements {@link Pass#unroll} and {@link Pass#step} in any precision, for implementations of {@link Pass}. */
public final class Unrolling {
    private Unrolling() {}

    /** T steps of a cell; of the pass, only spans and zeros are used. */
    public static Step of(Recurrent cell, Tensor xs, State first, Pass pass) {
        List<StatePart> parts = cell.state();
        first.matching(parts, xs.shape().dim(0));
        return fused(cell)
                .flatMap(fused -> atOnce(fused, xs, first, parts, pass.spans()))
                .orElseGet(() -> stepAfterStep(cell, xs, first, parts, pass));
    }

    /**
     * One step of a cell, in which no sequence ends or begins.
     *
     * @param x (N,D)
     */
    public static Step step(Recurrent cell, Tensor x, State previous) {
        List<StatePart> parts = cell.state();
        previous.matching(parts, x.shape().dim(0));
        return fused(cell)
                .flatMap(fused -> atOnce(fused, x, previous, parts, Spans.full()))
                // A kernel's output is the first part of its state: the same tensor, as where the step is composed.
                .map(run -> new Step(run.state().get(parts.get(0).name()), run.state()))
                .orElseGet(() ->
                        checked(0, cell.step(x, previous), parts, x.shape().dim(0)));
    }

    private static Optional<Fused> fused(Recurrent cell) {
        return cell instanceof FusedCell byHand ? Optional.of(byHand.fused()) : Optional.empty();
    }

    /** Empty where these tensors run no hand-written ops. */
    private static Optional<Step> atOnce(Fused fused, Tensor xs, State first, List<StatePart> parts, Spans spans) {
        List<Tensor> parameters = fused.parameters();
        FusedWindow window = new FusedWindow(fused.kernel(), parameters, parts.size(), spans);
        List<Tensor> inputs = new ArrayList<>(List.of(fused.wx(), fused.b()));
        inputs.addAll(parameters);
        parts.forEach(part -> inputs.add(first.get(part.name())));
        return window.on(xs, inputs.toArray(new Tensor[0])).map(outputs -> {
            Map<String, Tensor> last = new LinkedHashMap<>();
            for (int i = 0; i < parts.size(); i++) {
                last.put(parts.get(i).name(), outputs.get(i + 1));
            }
            return new Step(outputs.get(0), State.of(last));
        });
    }

    private static Step stepAfterStep(Recurrent cell, Tensor xs, State first, List<StatePart> parts, Pass pass) {
        int rows = xs.shape().dim(0);
        int steps = xs.shape().dim(1);
        Spans spans = pass.spans();
        State state = first;
        Map<String, List<Tensor>> outputs = new LinkedHashMap<>();
        for (int t = 0; t < steps; t++) {
            if (spans.anyBeginsAt(t)) {
                boolean[] goesOn = spans.goesOnAt(t, rows);
                state = state.map(part -> part.where(goesOn, pass.zeros(part.shape())));
            }
            Tensor x = xs.step(t);
            Step step;
            if (spans.allValidAt(t)) {
                step = checked(t, cell.step(x, state), parts, rows);
                state = step.state();
            } else {
                boolean[] valid = spans.validAt(t);
                // Padding becomes zeros before the step too: its result gets the gradient 0, but 0 times a NaN is a
                // NaN,
                // which would reach the gradients of the weights.
                step = withoutPadding(
                        checked(t, cell.step(x.where(valid, pass.zeros(x.shape())), state), parts, rows), valid, pass);
                state = step.state().zip(state, (next, before) -> next.where(valid, before));
            }
            if (t == 0) {
                step.outputs().keySet().forEach(name -> outputs.put(name, new ArrayList<>(steps)));
            } else if (!step.outputs().keySet().equals(outputs.keySet())) {
                throw new IllegalArgumentException("step " + t + " gave the outputs "
                        + step.outputs().keySet() + ", expected " + outputs.keySet() + " as of step 0");
            }
            step.outputs().forEach((name, output) -> outputs.get(name).add(output));
        }
        Map<String, Tensor> overTime = new LinkedHashMap<>();
        outputs.forEach((name, output) -> overTime.put(name, Tensor.stack(output)));
        return new Step(overTime, state);
    }

    private static Step withoutPadding(Step step, boolean[] valid, Pass pass) {
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        step.outputs().forEach((name, output) -> outputs.put(name, output.where(valid, pass.zeros(output.shape()))));
        return new Step(outputs, step.state());
    }

    private static Step checked(int t, Step step, List<StatePart> parts, int rows) {
        boolean none =
                step != null && (step.outputs().isEmpty() || step.outputs().containsValue(null));
        if (step == null || none || step.state() == null) {
            throw new IllegalArgumentException("step " + t + " gave "
                    + (step == null ? "null" : none ? "no output" : "no state")
                    + ", expected an output and a state");
        }
        try {
            step.state().matching(parts, rows);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("step " + t + " gave a wrong state: " + e.getMessage(), e);
        }
        return step;
    }
}
