package org.rnn4j.api.op;

/**
 * The number crunching that ops are made of, chosen once at start for the machine at hand.
 *
 * <p>The same inputs give the same bits on every machine with fused multiply-add. {@code Kernels} knows no layer by name.
 * Blocks may have any strides; inputs and outputs must not overlap unless a method allows it.
 */
public interface Kernels {
    /** A right operand of products in the layout that these kernels read fastest. It does not follow later changes of what was packed. */
    interface Packed {
        /** The inner dimension of a product. */
        int rows();

        /** The columns of a product. */
        int columns();
    }

    /** Packs a right operand, to use it in several products: a window packs each weight once. */
    Packed pack(Block b);

    /**
     * {@code c = a·b} for a packed b. Each element is one chain of fused multiply-adds in the order of the inner dimension, beginning at 0:
     * its bits depend on its row of a and its column of b alone.
     *
     * @param b packed by these kernels
     */
    void multiply(Block a, Packed b, Block c);

    /** {@code c += a·b} for a packed b: each chain begins at what c holds. */
    void multiplyAdd(Block a, Packed b, Block c);

    /** {@code c = a·b}. */
    default void multiply(Block a, Block b, Block c) {
        multiply(a, pack(b), c);
    }

    /** {@code c += a·b}. */
    default void multiplyAdd(Block a, Block b, Block c) {
        multiplyAdd(a, pack(b), c);
    }

    /** {@code y = e^x}, within 2 ulp; 0 below -103.98, infinity above 88.73. {@code x} may be {@code y}. */
    void exp(Block x, Block y);

    /** {@code y = tanh(x)}, within 3 ulp. {@code x} may be {@code y}. */
    void tanh(Block x, Block y);

    /** {@code y = 1 / (1 + e^-x)}, within 3 ulp. {@code x} may be {@code y}. */
    void sigmoid(Block x, Block y);

    /** The sum of all elements, over 16 partial sums in a fixed order. */
    float sum(Block x);

    /** {@code y += } the sum over the rows of {@code x}: {@code (M,N)} to {@code (1,N)}, row after row. */
    void addSumOfRows(Block x, Block y);

    /** Memory for this call alone; its content is not defined. */
    float[] scratch(int size);
}
