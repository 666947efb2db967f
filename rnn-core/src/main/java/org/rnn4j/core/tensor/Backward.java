package org.rnn4j.core.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rnn4j.api.op.Block;
import org.rnn4j.core.kernel.ChosenKernels;

/**
 * Reverse-mode differentiation: walks the recorded ops from a loss back to the leaves. Iterative, because an unroll of 5,000 steps
 * is deeper than a thread's stack.
 */
public final class Backward {
    /** By tensor, which is equal to itself alone; in the order of the walk, so that sums over them repeat. */
    private final Map<FloatTensor, float[]> gradients = new LinkedHashMap<>();

    private Backward() {}

    /**
     * The gradients of a scalar with respect to all leaves below it that need one.
     *
     * @return by leaf; a leaf that the loss does not depend on is missing
     */
    public static Map<FloatTensor, float[]> of(FloatTensor loss) {
        if (loss.data.length != 1) {
            throw new IllegalArgumentException(
                    "gradients of " + loss.shape + ": expected a loss, a tensor of one number");
        }
        Backward pass = new Backward();
        pass.gradients.put(loss, new float[] {1});
        List<Recorded> order = pass.childrenFirst(loss);
        for (int i = order.size() - 1; i >= 0; i--) {
            pass.propagate(order.get(i));
        }
        pass.gradients.keySet().removeIf(tensor -> tensor.recorded != null || !tensor.needsGradient());
        return pass.gradients;
    }

    /** All recorded ops below a tensor, each behind those that it takes its inputs from. */
    private List<Recorded> childrenFirst(FloatTensor loss) {
        List<Recorded> order = new ArrayList<>();
        Set<Recorded> seen = new HashSet<>();
        Deque<Recorded> path = new ArrayDeque<>();
        Deque<Integer> next = new ArrayDeque<>();
        if (loss.recorded != null) {
            seen.add(loss.recorded);
            path.push(loss.recorded);
            next.push(0);
        }
        while (!path.isEmpty()) {
            Recorded node = path.peek();
            int input = next.pop();
            if (input == node.inputs.length) {
                path.pop();
                order.add(node);
                continue;
            }
            next.push(input + 1);
            Recorded child = node.inputs[input].recorded;
            if (child != null && seen.add(child)) {
                path.push(child);
                next.push(0);
            }
        }
        return order;
    }

    private void propagate(Recorded node) {
        node.check();
        Block[] in = new Block[node.inputs.length];
        Block[] dIn = new Block[node.inputs.length];
        for (int i = 0; i < in.length; i++) {
            FloatTensor input = node.inputs[i];
            in[i] = input.block();
            if (input.needsGradient()) {
                float[] gradient = gradients.computeIfAbsent(input, tensor -> new float[tensor.data.length]);
                dIn[i] = Block.of(gradient, in[i].rows(), in[i].columns());
            }
        }
        Block[] out = new Block[node.outputs.length];
        Block[] dOut = new Block[node.outputs.length];
        for (int i = 0; i < out.length; i++) {
            FloatTensor output = node.outputs[i];
            out[i] = output.block();
            // Nobody reads this gradient again: it may be garbage from here on.
            float[] gradient = gradients.remove(output);
            dOut[i] = Block.of(
                    gradient == null ? new float[output.data.length] : gradient, out[i].rows(), out[i].columns());
        }
        try {
            node.op.backward(ChosenKernels.get(), dOut, in, out, node.memory, dIn);
        } finally {
            node.memory.release();
        }
    }
}
