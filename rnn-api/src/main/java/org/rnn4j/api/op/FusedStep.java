package org.rnn4j.api.op;

import org.rnn4j.api.op.Kernels.Packed;

/** The data of a {@link StepKernel}: some rows of a batch at one step, or the rows of several steps together. */
public interface FusedStep {
    /** The gates (rows,G): before the forward step {@code b + x_t·Wx}, after it the values that it stored there. */
    Slices gates();

    /** Part {@code i} of the state before the step, (rows,H). */
    Block previous(int i);

    /** Part {@code i} of the state after the step, (rows,H); only for the forward step, which sets it. */
    Block next(int i);

    /** Array {@code i} of {@link StepKernel#kept}. */
    Slices kept(int i);

    /** A matrix as a right operand of products: as it is in the forward step, transposed in the backward step. */
    Packed matrix(Weight weight);

    /** A vector, once for each row. */
    Block vector(Weight weight);

    /** The gradient of the gates before they were activated, (rows,G); only for the backward step. */
    Slices dGates();

    /** Array {@code i} of {@link StepKernel#gradients}; only for the backward step. */
    Slices gradient(int i);

    /** The gradient of part {@code i} of the state, (rows,H); only for the backward step. */
    Block dState(int i);

    /** Where to add the gradient of a weight; null if it is not needed. Only for {@link StepKernel#weightGradients}. */
    Block dWeight(Weight weight);
}
