package org.rnn4j.api.op;

import java.util.List;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Shape;

/**
 * An op that takes ids, such as the lookup of an embedding or the selection of a label's score.
 *
 * <p>The op holds the ids of its layer but does not read them: the caller checks them against {@link #limit} and passes them to
 * {@link #forward(int[], Kernels, Block[], Block[], Memory)}. A session, in which every step has different ids, can therefore record the op once and
 * run it again with the new ids. An op that looks up rows of a table is a {@link LookupOp}.
 */
public interface IdsOp extends Op {
    /** The ids of the layer. The op itself reads them only in its backward pass. */
    Ids ids();

    /**
     * The exclusive upper limit of the ids; none may be below 0. Called after {@link #shapes} has accepted the inputs.
     *
     * @param inputs the shapes of the inputs
     */
    int limit(List<Shape> inputs);

    /** What the ids count, for the message about an invalid id: {@code id 7 at row 0, step 2 is outside the vocabulary of 5 (0 to 4)}. */
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
