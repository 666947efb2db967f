package org.rnn4j.api;

import java.util.List;

/**
 * One time step of a recurrent network: {@code (x_t, state_{t-1}) -> (output_t, state_t)}.
 *
 * <p>Weights are fields; everything that varies is an argument or a result, so one cell serves many threads. To write a new cell, implement
 * {@link #state} and {@link #step}; unrolling over time, row lengths, resets, streaming and gradients then work without further code. A cell with an
 * additional hand-written step is an {@link org.rnn4j.api.op.FusedCell}; this is optional.
 */
public interface Recurrent {
    /** The declaration of the state's parts. The cell never creates its first state: it starts as zeros. */
    List<StatePart> state();

    /**
     * One time step. The returned state must have exactly the parts that {@link #state} declares, with N rows each; {@link Pass#unroll} rejects any
     * other.
     *
     * @param x the input, {@code (N,D)}
     * @param previous the state before, as {@link #state} declares it with N rows
     */
    Step step(Tensor x, State previous);
}
