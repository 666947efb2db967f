package org.rnn4j.core;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.tensor.Backward;
import org.rnn4j.core.tensor.FloatTensor;
import org.rnn4j.core.tensor.LeafGradient;
import org.rnn4j.core.tensor.Storage;

/**
 * The gradients of one loss, by parameter and by variable. They are not stored in the tensors, so nothing has to be set to zero, and a parameter that
 * is used twice needs no extra code.
 *
 * <pre>{@code
 * Gradients gradients = Gradients.of(loss);
 * gradients.refill(nextLoss); // the same, in the memory of the last
 * }</pre>
 */
public final class Gradients {
    private final Map<Storage, LeafGradient> ofParameters = new HashMap<>();
    private final Map<FloatTensor, LeafGradient> ofVariables = new HashMap<>();

    /** Whether the last backward pass failed, so that this holds only part of its gradients. */
    private boolean failed;

    /** Zeros, until {@link #refill}. */
    public Gradients() {}

    /**
     * Runs the backward pass: about twice the cost of the forward pass.
     *
     * @param loss of one number
     * @throws IllegalStateException if a parameter was changed after the forward pass
     */
    public static Gradients of(Tensor loss) {
        Gradients result = new Gradients();
        result.refill(loss);
        return result;
    }

    /**
     * Like {@link #of}, but reuses the memory of the current gradients, which are overwritten, so that a training loop creates no garbage. After an
     * error these gradients cannot be used until they are refilled.
     */
    public void refill(Tensor loss) {
        failed = true;
        ofVariables.clear();
        ofParameters.values().forEach(LeafGradient::reset);
        Backward.of(FloatTensor.of(loss), this::ofLeaf);
        failed = false;
    }

    /** The gradient of a parameter; null where the loss does not depend on it. */
    private LeafGradient found(Parameter parameter) {
        checkWhole();
        return ofParameters.get(parameter.storage());
    }

    private void checkWhole() {
        if (failed) {
            throw new IllegalStateException(
                    "the last backward pass of these gradients failed, so they are none of any loss;"
                            + " refill them from a new forward pass");
        }
    }

    private LeafGradient ofLeaf(FloatTensor leaf) {
        return leaf.storage() == null
                ? ofVariables.computeIfAbsent(leaf, key -> new LeafGradient(leaf.shape()))
                : ofParameters.computeIfAbsent(leaf.storage(), key -> new LeafGradient(leaf.shape()));
    }

    /**
     * The gradient with respect to a variable; zeros if the loss does not depend on it.
     *
     * @throws IllegalArgumentException if the tensor is not a variable: gradients of intermediate results are not kept
     */
    public Tensor get(Tensor variable) {
        checkWhole();
        FloatTensor leaf = FloatTensor.of(variable);
        if (!leaf.isVariable()) {
            throw new IllegalArgumentException("this tensor of shape " + variable.shape()
                    + " is no variable: expected one of Tensors.variable, or a Parameter");
        }
        LeafGradient gradient = ofVariables.get(leaf);
        return gradient == null ? Tensors.zeros(variable.shape()) : FloatTensor.wrap(variable.shape(), gradient.copy());
    }

    /** The gradient with respect to a parameter; zeros if the loss does not depend on it. */
    public Tensor get(Parameter parameter) {
        LeafGradient gradient = found(parameter);
        return gradient == null
                ? Tensors.zeros(parameter.shape())
                : FloatTensor.wrap(parameter.shape(), gradient.copy());
    }

    /**
     * The gradient with respect to a parameter as the array itself, row-major, for optimizers; a new array of zeros if the loss does not depend on
     * it. Valid until {@link #refill}.
     */
    public float[] array(Parameter parameter) {
        LeafGradient gradient = found(parameter);
        return gradient == null ? new float[parameter.shape().size()] : gradient.open();
    }

    /** The rows of a sparse gradient with respect to a parameter; empty if the gradient is dense, an {@link #array}. Valid until {@link #refill}. */
    public Optional<Rows> rows(Parameter parameter) {
        LeafGradient gradient = found(parameter);
        return gradient == null || gradient.isDense()
                ? Optional.empty()
                : Optional.of(new Rows(gradient.ids(), gradient.values()));
    }

    /** Whether the loss depends on a parameter. */
    public boolean reaches(Parameter parameter) {
        LeafGradient gradient = found(parameter);
        return gradient != null && (gradient.isDense() || gradient.ids().length > 0);
    }

    /** The Euclidean length of the gradients of these parameters taken as one vector, summed in float64. */
    public double norm(Collection<Parameter> parameters) {
        double sum = 0;
        for (Parameter parameter : parameters) {
            LeafGradient gradient = found(parameter);
            sum += gradient == null ? 0 : gradient.sumOfSquares();
        }
        return Math.sqrt(sum);
    }

    /**
     * Clips by global norm (Pascanu, Mikolov and Bengio, 2013): if the norm of these parameters' gradients is above {@code limit}, all of them are
     * multiplied by {@code limit / (norm + 1e-6)}, as PyTorch and the book do.
     *
     * @param limit above 0; infinity means no clipping
     * @return the norm before clipping
     */
    public double clip(double limit, Collection<Parameter> parameters) {
        if (!(limit > 0)) {
            throw new IllegalArgumentException("limit is " + limit + ", expected a number above 0");
        }
        double norm = norm(parameters);
        double factor = limit / (norm + 1e-6);
        if (factor < 1) {
            for (Parameter parameter : parameters) {
                LeafGradient gradient = found(parameter);
                if (gradient != null) {
                    gradient.scale((float) factor);
                }
            }
        }
        return norm;
    }

    /**
     * Checks that training can continue.
     *
     * @throws ArithmeticException naming the first of these parameters whose gradient holds NaN or infinity
     */
    public void requireFinite(Collection<Parameter> parameters) {
        for (Parameter parameter : parameters) {
            LeafGradient gradient = found(parameter);
            int position = gradient == null ? -1 : gradient.firstNonFinite();
            if (position >= 0) {
                throw new ArithmeticException("the gradient of " + parameter.name() + " is " + gradient.copy()[position]
                        + " at position " + position);
            }
        }
    }
}
