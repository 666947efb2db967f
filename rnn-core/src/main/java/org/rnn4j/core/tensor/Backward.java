package org.rnn4j.core.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.rnn4j.api.Shape;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.LookupOp;
import org.rnn4j.core.kernel.ChosenKernels;

/**
 * Reverse-mode differentiation: walks the recorded ops from a loss back to the leaves. Iterative, because an unroll of 5,000 steps
 * is deeper than a thread's stack.
 */
public final class Backward {
    /** Of tensors between the loss and the leaves: from the pool, and back to it when the op that computed the tensor is done. */
    private final Map<FloatTensor, float[]> between = new HashMap<>();

    private final Function<FloatTensor, LeafGradient> leaves;

    private Backward(Function<FloatTensor, LeafGradient> leaves) {
        this.leaves = leaves;
    }

    /**
     * Computes the gradients of a scalar with respect to all leaves below it that need one.
     *
     * @param leaves where the gradient of a leaf is; not asked of a leaf that the loss does not depend on
     */
    public static void of(FloatTensor loss, Function<FloatTensor, LeafGradient> leaves) {
        if (loss.data.length != 1) {
            throw new IllegalArgumentException(
                    "gradients of " + loss.shape + ": expected a loss, a tensor of one number");
        }
        if (!loss.needsGradient()) {
            return;
        }
        Backward pass = new Backward(leaves);
        pass.gradient(loss).set(0, 0, 1);
        pass.run(pass.childrenFirst(loss));
    }

    /** Claims all ops before the first, so that of two threads in one graph neither reads what the other gives back. */
    private void run(List<Recorded> order) {
        int claimed = 0;
        int left = order.size();
        try {
            while (claimed < order.size()) {
                order.get(claimed).memory.claim();
                claimed++;
            }
            while (left > 0) {
                Recorded node = order.get(left - 1);
                node.check();
                left--;
                propagate(node);
            }
        } finally {
            for (int i = Math.min(claimed, left) - 1; i >= 0; i--) {
                order.get(i).memory.unclaim();
            }
        }
    }

    /** All recorded ops below a tensor, each after those that its inputs come from. */
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
        try {
            Block[] in = new Block[node.inputs.length];
            for (int i = 0; i < in.length; i++) {
                in[i] = node.inputs[i].block();
            }
            Block[] out = new Block[node.outputs.length];
            Block[] dOut = new Block[node.outputs.length];
            for (int i = 0; i < out.length; i++) {
                out[i] = node.outputs[i].block();
                // Zeros where nothing below the loss used this output.
                dOut[i] = gradient(node.outputs[i]);
            }
            backward(node, dOut, in, out);
        } finally {
            node.memory.release();
        }
        for (FloatTensor output : node.outputs) {
            // This gradient is not read again.
            ArrayPool.SHARED.give(between.remove(output));
        }
    }

    private void backward(Recorded node, Block[] dOut, Block[] in, Block[] out) {
        Kernels k = ChosenKernels.get();
        boolean takesRows =
                node.op instanceof LookupOp && node.inputs[0].recorded == null && node.inputs[0].needsGradient();
        if (takesRows) {
            LookupOp lookup = (LookupOp) node.op;
            leaves.apply(node.inputs[0])
                    .addRows(lookup.ids(), checked(lookup, lookup.rowGradients(k, dOut, in, out, node.memory), in[0]));
        }
        Block[] dIn = new Block[in.length];
        boolean asked = false;
        for (int i = takesRows ? 1 : 0; i < in.length; i++) {
            dIn[i] = node.inputs[i].needsGradient() ? gradient(node.inputs[i]) : null;
            asked |= dIn[i] != null;
        }
        if (asked) {
            node.op.backward(k, dOut, in, out, node.memory, dIn);
        }
    }

    /** The rows that a lookup gave, known to be one for each id. */
    private static Block checked(LookupOp lookup, Block rows, Block table) {
        int ids = lookup.ids().shape().size();
        if (rows.rows() != ids || rows.columns() != table.columns() || !rows.isDense()) {
            throw new IllegalStateException(lookup.name() + ": gave gradients of " + rows.rows() + " rows of "
                    + rows.columns() + " numbers" + (rows.isDense() ? "" : " with gaps") + ", expected " + ids
                    + " rows of " + table.columns() + ", dense");
        }
        return rows;
    }

    /** The gradient of a tensor so far. */
    private Block gradient(FloatTensor tensor) {
        if (tensor.recorded == null) {
            return leaves.apply(tensor).toAdd();
        }
        Shape shape = tensor.shape;
        return Block.of(between.computeIfAbsent(tensor, Backward::zeros), shape.rows(), shape.columns());
    }

    private static float[] zeros(FloatTensor tensor) {
        float[] array = ArrayPool.SHARED.take(tensor.data.length);
        Arrays.fill(array, 0, tensor.data.length, 0f);
        return array;
    }
}
