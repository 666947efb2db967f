package org.rnn4j.core.tensor;

import org.rnn4j.api.Ids;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Memory;
import org.rnn4j.api.op.Op;

/** An op of one input that holds ids, in whose place {@link Replay} gives those of a later step. */
sealed interface IdsOp extends Op permits Lookup, Pick {
    /** One for each row of the output. */
    Ids ids();

    /** What was recorded when the ids came in, as the input of a session's step; else null. */
    Trace trace();

    /** What every id must be below. */
    int limit(Block in);

    /** The forward pass for other ids, each known to be below {@link #limit}. */
    void forward(int[] now, Block in, Block out);

    @Override
    default void forward(Kernels k, Block[] in, Block[] out, Memory memory) {
        // Ids that a layer itself made are the same in every step of a session, which must not allocate.
        int[] now = memory.prepared() instanceof int[] made ? made : ids().toArray();
        memory.prepare(now);
        forward(now, in[0], out[0]);
    }
}
