package org.rnn4j.api.op;

import java.util.List;
import java.util.Optional;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;

/**
 * A differentiable function of n arrays to m arrays, with its gradient written by hand.
 *
 * <p>An op is a small immutable value that holds settings and no data: it is made for one application, so it may hold that
 * application's sizes and row lengths. Blocks that an op is given are dense and row-major: a tensor of shape {@code (N,T,D)}
 * comes as N·T rows of D columns. The array of a block may be longer than the block.
 *
 * <p>Everything in {@code rnn-core} consists of ops, and a third-party op is called in the same way.
 */
public interface Op {
    /**
     * The outputs for these inputs, if they are tensors that run ops. Otherwise, as in float64, empty; a layer then computes the same from tensor
     * operations:
     *
     * <pre>{@code
     * Tensor y = AFFINE.on(x, w, b).map(out -> out.get(0)).orElseGet(() -> x.matmul(w).plus(b));
     * }</pre>
     */
    default Optional<List<Tensor>> on(Tensor x, Tensor... others) {
        return x instanceof OpTensor runs ? Optional.of(runs.apply(this, others)) : Optional.empty();
    }

    /** The name that errors show. */
    String name();

    /**
     * The shapes of the outputs.
     *
     * @throws IllegalArgumentException if the shapes of the inputs do not fit
     */
    List<Shape> shapes(List<Shape> inputs);

    /**
     * Computes the outputs.
     *
     * @param in not modified
     * @param out every element must be set; the previous content is undefined
     * @param memory where to leave what {@link #backward} needs
     */
    void forward(Kernels k, Block[] in, Block[] out, Memory memory);

    /**
     * Adds to the gradients of the inputs. They are added to, not set, because a tensor can be used twice.
     *
     * @param dOut the gradient of the loss with respect to each output; not modified
     * @param in the inputs of the forward pass; not modified
     * @param out the outputs of the forward pass; not modified
     * @param memory with what the forward pass kept
     * @param dIn where to add the gradient with respect to each input; null if it is not needed. Two of them are the same array if a tensor is passed
     *     twice
     */
    void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory, Block[] dIn);
}
