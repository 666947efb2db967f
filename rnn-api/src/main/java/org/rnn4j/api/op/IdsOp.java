package org.rnn4j.api.op;

import java.util.List;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Shape;

/**
 * An op that goes by ids: an embedding's lookup, or the choice of a label's score.
 *
 * <p>It holds the ids that the layer was given and does not read them: whoever runs it checks them against {@link #limit} and hands them to
 * {@link #forward(int[], Kernels, Block[], Block[], Memory)}. So a session, in which each step has other ids, records the op once and
 * runs it again with those. An op that looks up rows of a table is a {@link LookupOp}.
 */
public interface IdsOp extends Op {
    /** The ids, as the layer was given them. The op itself reads them in its backward pass alone. */
    Ids ids();

    /**
     * What every id must be below; none may be below 0. Asked after {@link #shapes} has accepted the inputs.
     *
     * @param inputs the shapes of the inputs
     */
    int limit(List<Shape> inputs);

    /** What the ids count, for the message that refuses one: {@code id 7 at row 0, step 2 is outside the vocabulary of 5 (0 to 4)}. */
    default String counted() {
        return "vocabulary";
    }

    /**
     * Computes the outputs as {@link Op#forward} does, for these ids.
     *
     * @param ids as many as {@link #ids} are, row-major, each known to be within the limit; not modified
     */
    void forward(int[] ids, Kernels k, Block[] in, Block[] out, Memory memory);

    /** For the ids that it holds. */
    @Override
    default void forward(Kernels k, Block[] in, Block[] out, Memory memory) {
        forward(ids().toArray(), k, in, out, memory);
    }
}
