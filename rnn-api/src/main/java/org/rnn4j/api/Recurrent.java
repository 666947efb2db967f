package org.rnn4j.api;

import java.util.List;

/**
 * One time step of a recurrent network: {@code (x_t, state_{t-1}) -> (output_t, state_t)}.
 *
 * <p>Weights are fields; everything that varies comes in and goes out, so that one cell serves many threads. To bring a new
 * cell, write {@link #state} and {@link #step}; unrolling over time, row lengths, resets, streaming and gradients follow. A step
 * that is written by hand as well makes it an {@link org.rnn4j.api.op.FusedCell}; nobody needs one.
 */
public interface Recurrent {
    /** The parts of the state, declared and never created by the cell: it starts as zeros. */
    List<StatePart> state();

    /**
     * One time step. The state that it gives has the parts that {@link #state} declares, and no others, with N rows each: {@link Pass#unroll} refuses
     * any other.
     *
     * @param x the input, {@code (N,D)}
     * @param previous the state before, as {@link #state} declares it with N rows
     */
    Step step(Tensor x, State previous);
}
