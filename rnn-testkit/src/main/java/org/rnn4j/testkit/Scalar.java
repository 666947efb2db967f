package org.rnn4j.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.rnn4j.api.Tensor;

/**
 * A number that depends on leaves.
 *
 * @param leaves the point at which it is evaluated, by name
 * @param function from leaves of these names
 */
record Scalar(Map<String, DoubleTensor> leaves, Function<Map<String, DoubleTensor>, Tensor> function) {

    /** The leaves as variables of their own. */
    Map<String, DoubleTensor> variables() {
        Map<String, DoubleTensor> variables = new LinkedHashMap<>();
        leaves.forEach((name, leaf) -> variables.put(name, DoubleTensor.variable(leaf.shape(), leaf.array())));
        return variables;
    }

    /** The leaves, but states, that it does not depend on. */
    List<String> unused() {
        Map<String, DoubleTensor> variables = variables();
        Map<DoubleTensor, double[]> gradients =
                DoubleTensor.of(function.apply(variables)).gradients();
        List<String> unused = new ArrayList<>();
        variables.forEach((name, leaf) -> {
            double[] gradient = gradients.getOrDefault(leaf, new double[0]);
            boolean isUsed = false;
            for (double number : gradient) {
                isUsed |= number != 0;
            }
            if (!isUsed && !name.startsWith("state ")) {
                unused.add(name);
            }
        });
        return unused;
    }
}
