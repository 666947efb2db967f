package org.rnn4j.api.op;

/**
 * The arithmetic of ops, with the implementation that suits the machine.
 *
 * <p>The same inputs give the same bits on every machine with fused multiply-add, for any number of threads. {@code Kernels} has no method for a
 * particular layer: a cell's step is a handful of these calls on the rows of one step, which stay in the first-level cache. Blocks may have any
 * strides and are fastest with a column stride of 1. Outputs must not overlap inputs, except that the output of an elementwise operation may be one
 * of its inputs.
 */
public interface Kernels {
    /** A right operand of products in the layout that these kernels read fastest, from {@link Memory#packed}. */
    interface Packed {
        /** The inner dimension of a product. */
        int rows();

        /** The columns of a product. */
        int columns();
    }

    // Products.

    /**
     * {@code c = a·b} for a packed b. Each element is one chain of fused multiply-adds in the order of the inner dimension, starting from 0: its bits
     * depend only on its row of a and its column of b.
     *
     * @param b from {@link Memory#packed}
     */
    void multiply(Block a, Packed b, Block c);

    /** {@code c += a·b} for a packed b: each chain starts from the value in c. */
    void multiplyAdd(Block a, Packed b, Block c);

    // Elementwise functions.

    /** {@code y = e^x}, within 2 ulp; 0 below -103.98, infinity above 88.73. */
    void exp(Block x, Block y);

    /** {@code y = tanh(x)}, within 3 ulp. */
    void tanh(Block x, Block y);

    /** {@code y = 1 / (1 + e^-x)}, within 3 ulp. */
    void sigmoid(Block x, Block y);

    /** {@code dx = dy * (1 - y²)} for {@code y = tanh(x)}. */
    void tanhGradient(Block dy, Block y, Block dx);

    /** {@code dx = dy * factor * (1 - y²)} for {@code y = tanh(x)} that was multiplied by a factor, as a gate does. */
    void tanhGradient(Block dy, Block factor, Block y, Block dx);

    /** {@code dx = dy * y * (1 - y)} for {@code y = sigmoid(x)}. */
    void sigmoidGradient(Block dy, Block y, Block dx);

    /** {@code dx = dy * factor * y * (1 - y)} for {@code y = sigmoid(x)} that was multiplied by a factor. */
    void sigmoidGradient(Block dy, Block factor, Block y, Block dx);

    // Elementwise arithmetic.

    /** {@code y = x}. A row stride of 0 in x repeats one row ({@link Block#repeated}). */
    void copy(Block x, Block y);

    /** {@code y = value}. */
    void fill(float value, Block y);

    /** {@code y = a + b}. */
    void plus(Block a, Block b, Block y);

    /** {@code y = a - b}. */
    void minus(Block a, Block b, Block y);

    /** {@code y = a * b}. */
    void times(Block a, Block b, Block y);

    /** {@code y += a * b}, with one rounding. */
    void addTimes(Block a, Block b, Block y);

    /** {@code y = a + weight * (b - a)}: a where the weight is 0, b where it is 1. */
    void mix(Block a, Block b, Block weight, Block y);

    // Reductions.

    /** The sum of all elements, over 16 partial sums in a fixed order. */
    float sum(Block x);

    /** The sum of the squares of all elements, over 16 partial sums in a fixed order. */
    float sumOfSquares(Block x);

    /** {@code y += } the sum over the rows of {@code x}: {@code (M,N)} to {@code (1,N)}, row after row. */
    void addSumOfRows(Block x, Block y);

    /** {@code y_r = log Σ_c e^x_rc}, without overflow: {@code (M,N)} to {@code (M,1)}. */
    void logSumExp(Block x, Block y);

    /**
     * {@code y_rc += scale_r * e^(x_rc - z_r)}: with z from {@link #logSumExp}, the softmax of each row, scaled.
     *
     * @param z (M,1)
     * @param scale (M,1)
     */
    void addSoftmax(Block x, Block z, Block scale, Block y);

    // Threads.

    /**
     * Splits {@code items} into parts, runs them in parallel, and returns when all are done. Only for items that do not depend on each other, so that
     * the number of parts does not matter. Inside a part, and if there is too little work, everything runs on the caller's thread.
     *
     * @param least the fewest items of a part
     */
    void split(int items, int least, Part part);

    /** What to do with some of the items. */
    interface Part {
        /** Items {@code from} (inclusive) to {@code to} (exclusive). */
        void run(int from, int to);
    }
}
