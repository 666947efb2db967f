package org.rnn4j.api.op;

/**
 * The memory of one application of an op. What an op keeps goes back to a pool after its backward pass, so no op may hold on to an
 * array. Not for several threads: take what they need before {@link Kernels#split}.
 */
public interface Memory {
    /** Whether a backward pass may follow; where it is false an op need not compute what only that pass would read. */
    boolean keeps();

    /**
     * An array of at least this size for the backward pass, whose content is not defined: the first call makes array 0, the next array
     * 1, and so on. Only in the forward pass; where {@link #keeps} is false it is scratch memory.
     */
    float[] keep(int size);

    /** The array that call number {@code index} of {@link #keep} made. */
    float[] kept(int index);

    /** An array of at least this size that lasts until the op returns, and whose content is not defined. */
    float[] scratch(int size);

    /**
     * A right operand of products, for as long as the op runs. The packed copy of a parameter ({@link Block#origin}), or of some of its rows and columns, is made
     * once and used until an optimizer changes the parameter: ask for it in every application. Another block is packed as it is now; asked for
     * again, it is packed again, in the same memory.
     *
     * @param b transposed or not
     */
    Kernels.Packed packed(Block b);

    /**
     * What {@link #prepare} was given, else null. A session runs the same application again and again, over the same blocks and with the same
     * arrays of memory, and a backward pass comes after its forward pass: what an op has made of those (smaller blocks, packed operands) need
     * not be made again.
     */
    Object prepared();

    /** Leaves an object for later runs of this application. */
    void prepare(Object object);
}
