package org.rnn4j.api.op;

/**
 * The number crunching that ops are made of, chosen once at start for the machine at hand.
 *
 * <p>The same inputs give the same bits on every machine with fused multiply-add. {@code Kernels} knows no layer by name.
 * Blocks may have any strides; inputs and outputs must not overlap unless a method allows it.
 */
public interface Kernels {
    /** {@code c = a·b}. */
    void multiply(Block a, Block b, Block c);

    /** {@code c += a·b}. */
    void multiplyAdd(Block a, Block b, Block c);

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
