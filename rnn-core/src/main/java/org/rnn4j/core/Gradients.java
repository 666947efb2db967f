package org.rnn4j.core;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.tensor.Backward;
import org.rnn4j.core.tensor.FloatTensor;
import org.rnn4j.core.tensor.Storage;

/**
 * The gradients of one loss, by parameter and by variable. They are returned, not stored in the tensors, so that nothing has to be
 * set to zero and a parameter that is used twice needs no code.
 */
public final class Gradients {
    private final Map<Storage, float[]> ofParameters = new LinkedHashMap<>();
    private final Map<FloatTensor, float[]> ofVariables = new LinkedHashMap<>();

    private Gradients() {}

    /**
     * Runs the backward pass: about twice the cost of the forward pass.
     *
     * @param loss of one number
     * @throws IllegalStateException where a parameter was changed after the forward pass
     */
    public static Gradients of(Tensor loss) {
        Gradients result = new Gradients();
        Backward.of(FloatTensor.of(loss)).forEach((leaf, gradient) -> {
            if (leaf.storage() == null) {
                result.ofVariables.put(leaf, gradient);
            } else {
                result.ofParameters.merge(leaf.storage(), gradient, Gradients::sum);
            }
        });
        return result;
    }

    private static float[] sum(float[] a, float[] b) {
        for (int i = 0; i < a.length; i++) {
            a[i] += b[i];
        }
        return a;
    }

    /** The gradient with respect to a variable; zeros where the loss does not depend on it. */
    public Tensor get(Tensor variable) {
        float[] gradient = ofVariables.get(FloatTensor.of(variable));
        return gradient == null ? Tensors.zeros(variable.shape()) : Tensors.of(variable.shape(), gradient);
    }

    /** The gradient with respect to a parameter; zeros where the loss does not depend on it. */
    public Tensor get(Parameter parameter) {
        return Tensors.of(parameter.shape(), array(parameter));
    }

    /**
     * The gradient with respect to a parameter as the array itself, row-major, for optimizers; a new array of zeros where the loss
     * does not depend on it.
     */
    public float[] array(Parameter parameter) {
        float[] gradient = ofParameters.get(parameter.storage());
        return gradient == null ? new float[parameter.shape().size()] : gradient;
    }

    /** The Euclidean length of the gradients of these parameters taken as one vector, summed in float64. */
    public double norm(Collection<Parameter> parameters) {
        double sum = 0;
        for (Parameter parameter : parameters) {
            for (float g : array(parameter)) {
                sum += (double) g * g;
            }
        }
        return Math.sqrt(sum);
    }

    /**
     * Clips by global norm (Pascanu, Mikolov and Bengio, 2013): where the norm of these parameters' gradients is above {@code limit},
     * all are multiplied by {@code limit / (norm + 1e-6)}, as PyTorch and the book do.
     *
     * @return the norm before
     */
    public double clip(double limit, Collection<Parameter> parameters) {
        double norm = norm(parameters);
        double factor = limit / (norm + 1e-6);
        if (factor < 1) {
            for (Parameter parameter : parameters) {
                float[] gradient = array(parameter);
                for (int i = 0; i < gradient.length; i++) {
                    gradient[i] *= (float) factor;
                }
            }
        }
        return norm;
    }
}
