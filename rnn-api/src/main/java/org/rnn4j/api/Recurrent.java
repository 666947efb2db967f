package org.rnn4j.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rnn4j.api.op.Fused;

/**
 * One time step of a recurrent network: {@code (x_t, state_{t-1}) -> (output_t, state_t)}.
 *
 * <p>Weights are fields; everything that varies comes in and goes out, so that one cell serves many threads. To bring a new
 * cell, write {@link #state} and {@link #step}; unrolling over time, row lengths, resets, streaming and gradients follow.
 */
public interface Recurrent {
    /** The parts of the state, declared and never created by the cell: it starts as zeros. */
    List<StatePart> state();

    /**
     * One time step. The state that it gives has the parts that {@link #state} declares, and no others, with N rows each: {@link #unroll} refuses any
     * other.
     *
     * @param x the input, {@code (N,D)}
     * @param previous the state before, as {@link #state} declares it with N rows
     */
    Step step(Tensor x, State previous);

    /**
     * The same step written by hand, where there is one: faster, and equal to {@link #step} but for rounding. Nobody needs one to bring a
     * new cell.
     */
    default Optional<Fused> fused() {
        return Optional.empty();
    }

    /**
     * T time steps: by the hand-written step where there is one and the tensors run it, else one after the other.
     *
     * <p>A row that is past its end ({@link Pass#lengths}) keeps its state, outputs zeros and gets no gradient. A row in
     * which a new sequence begins ({@link Pass#resets}) starts that step from zeros.
     *
     * @param xs the inputs, {@code (N,T,D)} with T at least 1
     * @param first the state before the first step
     */
    default Run unroll(Tensor xs, State first, Pass pass) {
        int rows = xs.shape().dim(0);
        int steps = xs.shape().dim(1);
        List<StatePart> parts = state();
        first.matching(parts, rows);
        Optional<Run> atOnce = fused().flatMap(fused -> fused.unroll(xs, first, parts, pass));
        if (atOnce.isPresent()) {
            return atOnce.get();
        }
        Lengths lengths = pass.lengths();
        Resets resets = pass.resets();
        State state = first;
        List<Tensor> outputs = new ArrayList<>(steps);
        for (int t = 0; t < steps; t++) {
            if (resets.anyAt(t)) {
                boolean[] goesOn = resets.goesOnAt(t, rows);
                state = state.map(part -> part.where(goesOn, pass.zeros(part.shape())));
            }
            if (lengths.allValidAt(t)) {
                Step step = checked(t, step(xs.step(t), state), parts, rows);
                outputs.add(step.output());
                state = step.state();
            } else {
                boolean[] valid = lengths.validAt(t);
                // Padding becomes zeros before the step too: its result gets the gradient 0, but 0 times a NaN is a
                // NaN, which
                // would reach the gradients of the weights.
                Tensor x = xs.step(t);
                Step step = checked(t, step(x.where(valid, pass.zeros(x.shape())), state), parts, rows);
                outputs.add(step.output().where(valid, pass.zeros(step.output().shape())));
                state = step.state().zip(state, (next, before) -> next.where(valid, before));
            }
        }
        return new Run(Tensor.stack(outputs), state);
    }

    private static Step checked(int t, Step step, List<StatePart> parts, int rows) {
        if (step == null || step.output() == null || step.state() == null) {
            throw new IllegalArgumentException("step " + t + " gave "
                    + (step == null ? "null" : step.output() == null ? "no output" : "no state")
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
