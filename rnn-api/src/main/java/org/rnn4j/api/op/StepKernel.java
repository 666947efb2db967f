package org.rnn4j.api.op;

import java.util.List;
import org.rnn4j.api.op.Kernels.Packed;

/**
 * One time step of a recurrent cell, written by hand on blocks of rows; {@link org.rnn4j.api.Pass#unroll} runs it over a window and handles
 * time-major copies, the products with Wx, row lengths, resets, threads and memory for all cells.
 *
 * <p>The gates of a cell are computed from {@code a = b + x_t·Wx}, which {@link FusedStep#gates} contains before the step. A forward step adds the
 * contribution of the state, replaces the content with the activated gates, and sets the next state. Its output is the first part of the state. A
 * backward step stores the gradient of {@code a} in {@link FusedStep#dGates}, from which the gradients of Wx, b and x are computed.
 *
 * <p>A kernel is stateless, and the bits of a row do not depend on the other rows: several threads call a step, each for some of the rows. The
 * composed {@code step} of the cell remains the reference; the contracts of {@code rnn-testkit} compare the two.
 */
public interface StepKernel {
    /** G / H: how many gates of the first state part's width Wx and b have. */
    int gates();

    /** The handles of the cell's parameters other than Wx and b, by which steps get them. The same at every call. */
    List<Weight> weights();

    /** The size, in gate widths, of each array that a forward step keeps for the backward step in addition to gates and states. */
    default int[] kept() {
        return new int[0];
    }

    /** The size, in gate widths, of each array that a backward step keeps for {@link #weightGradients} in addition to the gradient of the gates. */
    default int[] gradients() {
        return new int[0];
    }

    /** One step: reads the previous state, finishes the gates, sets the next state. */
    void forward(Kernels k, FusedStep s);

    /**
     * One step back: {@link FusedStep#dState} contains the gradient of the state after the step and must be replaced with the gradient of the state
     * before it; {@link FusedStep#dGates} must be set.
     */
    void backward(Kernels k, FusedStep s);

    /**
     * Adds the gradients of the weights, from the rows of several steps at once: by default {@code dWh += h_prevᵀ·da}, for a cell whose only weight
     * is a Wh (H,G) that multiplies the first part of the state.
     *
     * @param all the rows of these steps: {@link FusedStep#previous} holds the state before each, {@link FusedStep#dWeight} is where to add
     * @param dGates the gates' gradient as a right operand
     */
    default void weightGradients(Kernels k, Memory memory, FusedStep all, Packed dGates) {
        Block dWh = all.dWeight(weights().get(0));
        if (dWh != null) {
            k.multiplyAdd(all.previous(0).transposed(), dGates, dWh);
        }
    }
}
