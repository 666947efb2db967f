package org.rnn4j.layers.loss;

import org.rnn4j.api.Spans;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;

/** The checks that losses with a tensor as their target share. */
final class TensorTarget {
    private TensorTarget() {}

    /** The target, checked to have the shape of the output. */
    static Tensor target(String loss, Tensor output, Value target) {
        Tensor tensor = tensor(loss, target);
        if (!tensor.shape().equals(output.shape())) {
            throw new IllegalArgumentException(
                    loss + " of " + output.shape() + " with target " + target.shape() + ": expected the same shape");
        }
        return tensor;
    }

    /** How many positions of the target are valid. */
    static long positions(String loss, Value target, Spans lengths) {
        return Positions.ofValues(tensor(loss, target).shape(), lengths).count();
    }

    /** The target, checked to be a tensor with columns. */
    static Tensor tensor(String loss, Value target) {
        if (!(target instanceof Tensor tensor)) {
            throw new IllegalArgumentException(
                    loss + ": expected a tensor as the target, got ids of shape " + target.shape());
        }
        if (tensor.shape().rank() < 2) {
            throw new IllegalArgumentException(loss + ": expected a target (N,T,D) or (N,D), got " + target.shape());
        }
        return tensor;
    }
}
