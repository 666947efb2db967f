package org.rnn4j.api;

import java.util.List;
import java.util.function.Function;

/**
 * What surrounds one forward pass over one window, as the layer at one place of the model sees it: where sequences begin and
 * end, the state carried from the window before, and random numbers.
 */
public interface Pass {
    /** Where in the rows of this window sequences begin and end. */
    Spans spans();

    /**
     * The same of one input, where a node's inputs have times of their own: an attention looks from the steps of its first input at those of its
     * second. {@link #spans} are those of input 0.
     */
    default Spans spans(int input) {
        return spans();
    }

    /** Random numbers that belong to this seed, this training step and this place. */
    Draws draws();

    /**
     * The state with which the window before ended at this place; zeros in the first window. It has no gradient: here
     * back-propagation through time is truncated.
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
     * Refuses to be a step of a stream: for layers that look ahead.
     *
     * @throws IllegalArgumentException where {@link #streams} is true
     */
    default void needsWholeSequence() {
        if (streams()) {
            throw new IllegalArgumentException(
                    "needs the whole sequence, and a stream gives one step at a time: run whole windows");
        }
    }

    /**
     * Whether an input of this node is a step of a stream. Of several inputs a session streams one; what depends on the others alone is
     * known whole, and {@code false} here. {@link #streams} unless overridden.
     */
    default boolean streams(int input) {
        return streams();
    }

    /**
     * Refuses a stream of one input: for layers that look at all of its steps.
     *
     * @throws IllegalArgumentException where {@link #streams(int)} is true
     */
    default void needsWholeSequence(int input) {
        if (streams(input)) {
            throw new IllegalArgumentException("needs the whole sequence of input " + input
                    + ", and a stream gives one step at a time: give this input to the session");
        }
    }

    /**
     * As {@link #initial(List, int)}, for a layer that is told its first state instead of beginning with zeros: a training window and a
     * session begin with {@code first}, through which gradients flow, and later steps of a session with the carried state.
     */
    State initial(State first);

    /** Hands the state after this window to whoever runs the next one. */
    void carry(State last);

    /**
     * Adds a number to what training makes small, beside the loss: a price for what a layer's numbers look like. For the training form of a layer
     * alone; nobody asks for it elsewhere.
     *
     * @param penalty of shape {@code ()}
     */
    void penalize(Tensor penalty);

    /**
     * T time steps of a cell: by its hand-written step where there is one and the tensors run it, else one after the other.
     *
     * <p>A row that is past its end ({@link #spans}) keeps its state, outputs zeros and gets no gradient. A row in which a new sequence
     * begins starts that step from zeros. The state at the end is returned, and not carried: see {@link #carry}.
     *
     * @param xs the inputs, {@code (N,T,D)} with T at least 1
     * @param first the state before the first step, as {@link Recurrent#state} declares it with N rows
     * @throws IllegalArgumentException where the state before, or one that a step gives, is not the declared one; it names the step
     */
    Step unroll(Recurrent cell, Tensor xs, State first);

    /**
     * The same from the state that a layer that is not stateful begins with ({@link #initial}); the last state is carried.
     *
     * @throws IllegalArgumentException where {@code xs} is no window {@code (N,T,D)}, and as above
     */
    default Step unroll(Recurrent cell, Tensor xs) {
        Step run = unroll(cell, xs, initial(cell.state(), xs.shape().window().dim(0)));
        carry(run.state());
        return run;
    }

    /**
     * One step of a cell that is a part of another cell: by its hand-written step where there is one and the tensors run it, else
     * {@link Recurrent#step}. The cell around it is unrolled, and takes care of lengths and resets.
     *
     * @param x the input, {@code (N,D)}
     * @param previous the state before, as {@link Recurrent#state} declares it with N rows
     */
    Step step(Recurrent cell, Tensor x, State previous);

    /** A constant of zeros of the model's precision. */
    Tensor zeros(Shape shape);

    /** This pass for a part of the layer that sees the steps in another order, or others: with these spans of its input. */
    Pass over(Spans spans);

    /**
     * Runs a part of this layer that has a name of its own: it draws other numbers, carries its own state, and the name stands on
     * its errors ({@code encoder.cell: …}). Mirrors {@link Params#scope}.
     */
    <R> R within(String name, Function<Pass, R> part);
}
