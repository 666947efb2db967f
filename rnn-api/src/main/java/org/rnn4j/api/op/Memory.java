package org.rnn4j.api.op;

/**
 * The memory of one application of an op. The arrays that an op keeps return to a pool after its backward pass, so an op must not hold a reference to
 * them. Not thread-safe: request what the threads need before {@link Kernels#split}.
 */
public interface Memory {
    /** Whether a backward pass may follow. If not, an op need not compute values that only that pass reads. */
    boolean keeps();

    /**
     * An array of at least this size for the backward pass, with undefined content. The first call returns array 0, the next array 1, and so on. Only
     * in the forward pass; if {@link #keeps} is false, it is scratch memory.
     */
    float[] keep(int size);

    /** The array that call number {@code index} of {@link #keep} returned. */
    float[] kept(int index);

    /** An array of at least this size that lasts until the op returns, with undefined content. */
    float[] scratch(int size);

    /**
     * A right operand of products, for as long as the op runs. The packed copy of a parameter ({@link Block#origin}), or of some of its rows and
     * columns, is made once and reused until an optimizer changes the parameter: request it in every application. Any other block is packed with its
     * current content, and packed again, in the same memory, at the next request.
     *
     * @param b transposed or not
     */
    Kernels.Packed packed(Block b);

    /**
     * The object that was passed to {@link #prepare}, or null. A session runs the same application repeatedly, on the same blocks and with the same
     * arrays of memory, and a backward pass follows its forward pass: objects that an op derives from those (smaller blocks, packed operands) need
     * not be created again.
     */
    Object prepared();

    /** Stores an object for later runs of this application. */
    void prepare(Object object);
}
