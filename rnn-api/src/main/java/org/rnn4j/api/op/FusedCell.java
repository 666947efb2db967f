package org.rnn4j.api.op;

import org.rnn4j.api.Recurrent;

/**
 * A cell that has its step written by hand as well: faster, and equal to {@link #step} but for rounding. The composed step stays the truth, on which
 * gradients are checked.
 */
public interface FusedCell extends Recurrent {
    /** The step, with the parameters of this cell. */
    Fused fused();
}
