package org.rnn4j.api.op;

import java.util.List;
import org.rnn4j.api.op.Kernels.Packed;

/**
 * One time step of a recurrent cell, written by hand on blocks of rows; {@link org.rnn4j.api.Pass#unroll} makes a window of it: the
 * time-major copies, the products with Wx, row lengths, resets, threads and the memory are done there, once for all cells.
 *
 * <p>A cell's gates are computed from {@code a = b + x_t·Wx}, which is there before the first step, in {@link FusedStep#gates}. A forward step
 * adds what comes from the state, puts the activated gates in their place, and sets the next state. Its output is the first part of the
 * state. A backward step leaves the gradient of {@code a} in {@link FusedStep#dGates}, from which the gradients of Wx, b and x follow.
 *
 * <p>Stateless, and with the same bits for any rows of a batch: a step is called for some of the rows at a time, by several threads. The
 * composed {@code step} of the cell stays the truth; the contracts of {@code rnn-testkit} compare the two.
 */
public interface StepKernel {
    /** G / H: how many gates of the first state part's width Wx and b have. */
    int gates();

    /** The cell's parameters beside Wx and b: the handles by which steps ask for them. The same at every call. */
    List<Weight> weights();

    /** How many gate widths each array has that a forward step leaves for the backward step, beside gates and states. */
    default int[] kept() {
        return new int[0];
    }

    /** How many gate widths each array has that a backward step leaves for {@link #weightGradients}, beside the gates' gradient. */
    default int[] gradients() {
        return new int[0];
    }

    /** One step: reads the previous state, finishes the gates, sets the next state. */
    void forward(Kernels k, FusedStep s);

    /**
     * One step back: {@link FusedStep#dState} holds the gradient of the state after the step, and is to hold that of the state before it;
     * {@link FusedStep#dGates} is to be set.
     */
    void backward(Kernels k, FusedStep s);

    /**
     * Adds the gradients of the weights, from the rows of several steps at once: by default {@code dWh += h_prevᵀ·da}, for a cell whose only weight is a
     * Wh (H,G) that meets the first part of the state.
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
