package org.rnn4j.api;

import java.util.List;
import java.util.function.Function;

/**
 * The context of one forward pass over one window, for the layer at one place of the model: where sequences begin and end, the state carried over
 * from the previous window, and random numbers.
 */
public interface Pass {
    /** Where in the rows of this window sequences begin and end. */
    Spans spans();

    /**
     * The spans of one input, if the inputs of a node have different time axes: an attention attends from the steps of its first input to those of
     * its second. {@link #spans} are those of input 0.
     */
    default Spans spans(int input) {
        return spans();
    }

    /** Random numbers that belong to this seed, this training step and this place. */
    Draws draws();

    /**
     * The state at the end of the previous window at this place; zeros in the first window. It has no gradient: back-propagation through time is
     * truncated here.
     *
     * @param rows the number N of batch rows
     */
    State carried(List<StatePart> parts, int rows);

    /**
     * The state with which a layer that is not stateful begins: zeros in a training window, and the carried state in a streaming
     * session, which cuts one sequence into windows of one step.
     */
    State initial(List<StatePart> parts, int rows);

    /** Whether this window is a step of a stream, so that the steps after it are not known yet. */
    boolean streams();

    /**
     * Refuses streaming, for layers that look ahead.
     *
     * @throws IllegalArgumentException if {@link #streams} is true
     */
    default void needsWholeSequence() {
        if (streams()) {
            throw new IllegalArgumentException(
                    "needs the whole sequence, and a stream gives one step at a time: run whole windows");
        }
    }

    /**
     * Whether an input of this node is a step of a stream. A session streams one of several inputs; the result is {@code false} for inputs that
     * depend only on the others, because they are known completely. {@link #streams} unless overridden.
     */
    default boolean streams(int input) {
        return streams();
    }

    /**
     * Refuses streaming of one input, for layers that need all of its steps.
     *
     * @throws IllegalArgumentException if {@link #streams(int)} is true
     */
    default void needsWholeSequence(int input) {
        if (streams(input)) {
            throw new IllegalArgumentException("needs the whole sequence of input " + input
                    + ", and a stream gives one step at a time: give this input to the session");
        }
    }

    /**
     * Like {@link #initial(List, int)}, for a layer that is given its first state instead of starting from zeros. A training window and a session
     * start from {@code first}, through which gradients flow; later steps of a session start from the carried state.
     */
    State initial(State first);

    /** Passes on the state after this window, from which the next window starts. */
    void carry(State last);

    /**
     * Adds a penalty to the loss that training minimizes, for example on the size of a layer's activations. Only layers created for training should
     * call this.
     *
     * @param penalty of shape {@code ()}
     */
    void penalize(Tensor penalty);

    /**
     * Runs T time steps of a cell, with its hand-written step if it has one and the tensors support it, otherwise one step after the other.
     *
     * <p>A row that is past its end ({@link #spans}) keeps its state, outputs zeros and gets no gradient. A row in which a new sequence begins starts
     * that step from zeros. The state at the end is returned but not carried: see {@link #carry}.
     *
     * @param xs the inputs, {@code (N,T,D)} with T at least 1
     * @param first the state before the first step, as {@link Recurrent#state} declares it with N rows
     * @throws IllegalArgumentException if the first state, or a state that a step returns, differs from the declaration; the message names the step
     */
    Step unroll(Recurrent cell, Tensor xs, State first);

    /**
     * The same, starting from the state of a layer that is not stateful ({@link #initial}); the last state is carried.
     *
     * @throws IllegalArgumentException if {@code xs} is not a window {@code (N,T,D)}, and as above
     */
    default Step unroll(Recurrent cell, Tensor xs) {
        Step run = unroll(cell, xs, initial(cell.state(), xs.shape().window().dim(0)));
        carry(run.state());
        return run;
    }

    /**
     * Runs one step of a cell that is part of another cell, with its hand-written step if it has one and the tensors support it, otherwise with
     * {@link Recurrent#step}. The outer cell is the one that is unrolled, with lengths and resets.
     *
     * @param x the input, {@code (N,D)}
     * @param previous the state before, as {@link Recurrent#state} declares it with N rows
     */
    Step step(Recurrent cell, Tensor x, State previous);

    /** A constant of zeros of the model's precision. */
    Tensor zeros(Shape shape);

    /** This pass with other spans, for a part of the layer that sees the steps in another order or sees other steps. */
    Pass over(Spans spans);

    /**
     * Runs a named part of this layer: the part draws its own random numbers, carries its own state, and its errors begin with the name
     * ({@code encoder.cell: …}). Mirrors {@link Params#scope}.
     */
    <R> R within(String name, Function<Pass, R> part);
}
