package org.rnn4j.testkit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rnn4j.api.Tensor;

/** Traverses the graph of float64 tensors. Iterative: an unroll of 5,000 steps is deeper than a thread's stack. */
final class Graph {
    private Graph() {}

    static Map<DoubleTensor, double[]> gradients(DoubleTensor loss) {
        if (loss.array().length != 1) {
            throw new IllegalArgumentException(
                    "gradients of " + loss.shape() + ": expected a loss, a tensor of one number");
        }
        Map<DoubleTensor, double[]> gradients = new HashMap<>();
        if (!loss.needsGradient()) {
            return gradients;
        }
        gradients.put(loss, new double[] {1});
        List<DoubleTensor> order = inputsFirst(loss);
        for (int i = order.size() - 1; i >= 0; i--) {
            GraphNode origin = order.get(i).origin();
            // A leaf's gradient is a result; any other is complete by now and is not read again.
            double[] dy = origin.gradient() == null ? null : gradients.remove(order.get(i));
            if (dy != null) {
                double[][] dIn = new double[origin.inputs().length][];
                for (int j = 0; j < dIn.length; j++) {
                    DoubleTensor input = origin.inputs()[j];
                    if (input.needsGradient()) {
                        dIn[j] = gradients.computeIfAbsent(input, tensor -> new double[tensor.array().length]);
                    }
                }
                origin.gradient().add(dy, dIn);
            }
        }
        gradients.keySet().removeIf(tensor -> !tensor.needsGradient());
        return gradients;
    }

    static List<String> operations(Tensor... results) {
        DoubleTensor[] ends = new DoubleTensor[results.length];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = DoubleTensor.of(results[i]);
        }
        Map<DoubleTensor, Integer> numbers = new HashMap<>();
        List<String> lines = new ArrayList<>();
        for (DoubleTensor tensor : inputsFirst(ends)) {
            StringBuilder line = new StringBuilder(tensor.origin().name());
            String of = " of ";
            for (DoubleTensor input : tensor.origin().inputs()) {
                line.append(of).append(numbers.get(input));
                of = ", ";
            }
            line.append(" -> ").append(tensor.shape());
            if (tensor.origin().inputs().length == 0 && !tensor.needsGradient()) {
                // The numbers of a constant are part of the graph, which reveals one that was made from an input.
                line.append(' ').append(numbers(tensor.array()));
            }
            numbers.put(tensor, numbers.size());
            lines.add(line.toString());
        }
        StringBuilder last = new StringBuilder("results");
        for (DoubleTensor end : ends) {
            last.append(' ').append(numbers.get(end));
        }
        lines.add(last.toString());
        return lines;
    }

    private static String numbers(double... values) {
        boolean zeros = true;
        for (double value : values) {
            zeros &= value == 0;
        }
        if (zeros) {
            return "zeros";
        }
        return values.length <= 16 ? Arrays.toString(values) : "numbers of hash " + Arrays.hashCode(values);
    }

    /** These tensors and all that they were computed from, each after its inputs. */
    private static List<DoubleTensor> inputsFirst(DoubleTensor... ends) {
        List<DoubleTensor> order = new ArrayList<>();
        Set<DoubleTensor> seen = new HashSet<>();
        Deque<DoubleTensor> path = new ArrayDeque<>();
        Deque<Integer> next = new ArrayDeque<>();
        for (DoubleTensor end : ends) {
            if (seen.add(end)) {
                path.push(end);
                next.push(0);
            }
            while (!path.isEmpty()) {
                DoubleTensor[] inputs = path.peek().origin().inputs();
                int input = next.pop();
                if (input == inputs.length) {
                    order.add(path.pop());
                    continue;
                }
                next.push(input + 1);
                if (seen.add(inputs[input])) {
                    path.push(inputs[input]);
                    next.push(0);
                }
            }
        }
        return order;
    }
}
