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
 * <p>Everything in {@code rnn-core} is built of ops, and one from outside is called in the same way.
 */
public interface Op {
    /**
     * The outputs on these inputs, where they are tensors that run ops; empty elsewhere, as in float64. There a layer computes the same from tensor
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
     * @throws IllegalArgumentException where the inputs' shapes do not fit
     */
    List<Shape> shapes(List<Shape> inputs);

    /**
     * Computes the outputs.
     *
     * @param in not modified
     * @param out every element is to be set; what is there before is not defined
     * @param memory where to leave what {@link #backward} needs
     */
    void forward(Kernels k, Block[] in, Block[] out, Memory memory);

    /**
     * Adds to the gradients of the inputs. Adding, not setting, is what makes a tensor that is used twice come out right.
     *
     * @param dOut the gradient of the loss with respect to each output; not modified
     * @param in the inputs of the forward pass; not modified
     * @param out the outputs of the forward pass; not modified
     * @param memory with what the forward pass kept
     * @param dIn where to add the gradient with respect to each input; null where nobody asked. Two of them are one array where
     *     a tensor is given twice
     */
    void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory, Block[] dIn);
}
