package org.rnn4j.api;

import java.util.List;

/**
 * An immutable array of numbers that remembers how it was computed, so that its gradients can be computed.
 *
 * <p>Layers use this interface and never implement it. There are two implementations: float32 in {@code rnn-core}, for training and inference, and
 * float64 in {@code rnn-testkit}, on which the same unchanged layer is tested. The two cannot be mixed.
 *
 * <p>Numbers are row-major. "Columns" are the innermost axis; "rows" are everything else. Where two shapes differ, an
 * elementwise operation broadcasts them as NumPy does: axes are aligned from the innermost, and an axis of length 1, or a
 * missing one, is repeated. If shapes do not fit, an operation throws an {@link IllegalArgumentException} that names the operation and the shapes,
 * such as {@code matmul (20,100)·(200,400): inner dimensions differ}.
 */
public non-sealed interface Tensor extends Value {

    // Elementwise, with broadcasting.

    /** {@code this + other}. */
    Tensor plus(Tensor other);

    /** {@code this - other}. */
    Tensor minus(Tensor other);

    /** {@code this * other}, element by element. */
    Tensor times(Tensor other);

    /** {@code this / other}, element by element. */
    Tensor dividedBy(Tensor other);

    /** The greater of this and other, element by element; the gradient goes to the greater, and to this where both are equal. */
    Tensor max(Tensor other);

    /** {@code this + number}. */
    Tensor plus(double number);

    /** {@code this * number}. */
    Tensor times(double number);

    /** {@code 1 - this}: the other half of a gate. */
    default Tensor oneMinus() {
        return times(-1).plus(1);
    }

    // Elementwise functions.

    /** {@code tanh(this)}. */
    Tensor tanh();

    /** {@code 1 / (1 + exp(-this))}. */
    Tensor sigmoid();

    /** {@code max(this, 0)}, with gradient 0 at 0. */
    Tensor relu();

    /** {@code e^this}. */
    Tensor exp();

    /** The natural logarithm. */
    Tensor log();

    /** The square root. */
    Tensor sqrt();

    /** {@code log(1 + exp(this))}, without overflow; its gradient is the sigmoid. */
    Tensor softplus();

    // Products and reductions.

    /**
     * {@code (…,K)·(K,M) = (…,M)}: every row of this times a matrix. With {@code (N,T,K)·(N,K,M) = (N,T,M)} every batch row has its own matrix.
     */
    Tensor matmul(Tensor matrix);

    /** {@code (…,K)·(M,K)ᵀ = (…,M)}: every row of this times a transposed matrix; or {@code (N,T,K)·(N,M,K)ᵀ = (N,T,M)}. */
    Tensor matmulTransposed(Tensor matrix);

    /** The sum of all numbers, of shape {@code ()}. */
    Tensor sum();

    /** The sum over the innermost axis, which stays with length 1: {@code (N,D)} gives {@code (N,1)}. */
    Tensor sumColumns();

    /** {@code log(softmax(row))} for every row, without overflow. */
    Tensor logSoftmax();

    // Choosing and joining.

    /** Columns {@code from} (inclusive) to {@code to} (exclusive): one gate of {@code (N,G)}. */
    Tensor columns(int from, int to);

    /** Step {@code t} of {@code (N,T,…)}: {@code (N,…)}. */
    Tensor step(int t);

    /** This and the later steps, each {@code (N,…)}, as one {@code (N,T,…)}. See {@link #stack}. */
    Tensor stackWith(List<Tensor> later);

    /** The columns of this, then those of the others. See {@link #join}. */
    Tensor joinWith(List<Tensor> others);

    /** Row {@code ids[i]} of this {@code (V,D)} table for every id: {@code (…,D)}. Its gradient adds up per row. */
    Tensor lookup(Ids ids);

    /** Of every row, the column that its id names: {@code (N,T,V)} with ids {@code (N,T)} gives {@code (N,T)}. */
    Tensor pick(Ids ids);

    /**
     * The blocks of this where {@code keep} is true, and those of {@code otherwise} elsewhere. A chosen value is copied, not
     * multiplied by 1, so that a NaN in a block that is not kept stays out of the result and of the gradient.
     *
     * @param keep one flag for each of the equal blocks that this is cut into: N flags keep rows of {@code (N,D)}, N·T flags
     *     keep steps of {@code (N,T,D)}; not modified, copied
     * @param otherwise of the same shape
     */
    Tensor where(boolean[] keep, Tensor otherwise);

    /** The same numbers in another shape of the same size. */
    Tensor reshape(int... dims);

    /** The same numbers with no memory of how they were computed: gradients stop here. */
    Tensor detach();

    // Constants and values.

    /**
     * A constant of this tensor's precision.
     *
     * @param values row-major, {@code shape.size()} of them; copied
     */
    Tensor constant(Shape shape, float... values);

    /** The number of a tensor of size 1. */
    double item();

    /** A copy of the numbers, row-major, as float32. */
    float[] toFloats();

    /** A copy of the numbers, row-major, as float64. */
    double[] toDoubles();

    /** T steps, each {@code (N,…)}, as one {@code (N,T,…)}. */
    static Tensor stack(List<Tensor> steps) {
        return first("stack", steps).stackWith(steps.subList(1, steps.size()));
    }

    /** Tensors side by side: {@code (N,A)} and {@code (N,B)} give {@code (N,A+B)}. */
    static Tensor join(List<Tensor> parts) {
        return first("join", parts).joinWith(parts.subList(1, parts.size()));
    }

    private static Tensor first(String operation, List<Tensor> tensors) {
        if (tensors.isEmpty()) {
            throw new IllegalArgumentException(operation + " of no tensors, expected at least one");
        }
        return tensors.get(0);
    }
}
