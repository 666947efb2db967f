package org.rnn4j.api.op;

import org.rnn4j.api.Recurrent;

/**
 * A cell with an additional hand-written step, which is faster and equals {@link #step} up to rounding. The composed step remains the reference, on
 * which gradients are checked.
 */
public interface FusedCell extends Recurrent {
    /** The step, with the parameters of this cell. */
    Fused fused();
}
