package org.rnn4j.testkit;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Memory;
import org.rnn4j.api.op.Op;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Tensors;

/**
 * Runs an op once, forward and backward, on separate arrays that reveal its side effects. It wraps the op in another op, so that the op gets the same
 * kernels and memory as any op.
 */
final class Application implements Op {
    private final Op op;
    private final Conditions conditions;
    private final Map<String, Numbers> results = new LinkedHashMap<>();
    private final Set<String> modified = new LinkedHashSet<>();
    private Block[] ownIn;
    private Block[] ownOut;

    /**
     * The conditions under which an op runs.
     *
     * @param layout of all blocks
     * @param outputs their content before they are set
     * @param gradients their content before anything is added
     * @param asked the gradients that are requested
     * @param kernels the kernels to use instead of the usual ones
     */
    record Conditions(
            Layout layout, float outputs, float gradients, IntPredicate asked, UnaryOperator<Kernels> kernels) {
        static final Conditions USUAL = new Conditions(Layout.DENSE, Float.NaN, 0, i -> true, UnaryOperator.identity());

        Conditions in(Layout newLayout) {
            return new Conditions(newLayout, outputs, gradients, asked, kernels);
        }

        Conditions withOutputs(float before) {
            return new Conditions(layout, before, gradients, asked, kernels);
        }

        Conditions withGradients(float before) {
            return new Conditions(layout, outputs, before, asked, kernels);
        }

        Conditions asking(IntPredicate newAsked) {
            return new Conditions(layout, outputs, gradients, newAsked, kernels);
        }

        Conditions with(UnaryOperator<Kernels> newKernels) {
            return new Conditions(layout, outputs, gradients, asked, newKernels);
        }
    }

    private Application(Op op, Conditions conditions) {
        this.op = op;
        this.conditions = conditions;
    }

    /** Runs an op on inputs; the loss is the {@link Projection} of its outputs. Two inputs that are one object are one tensor. */
    static Application of(Op op, List<Numbers> inputs, Conditions conditions) {
        return of(op, inputs, 0, conditions);
    }

    /**
     * The same for some rows of the batch.
     *
     * @param firstRow the number of the first
     */
    static Application of(Op op, List<Numbers> inputs, int firstRow, Conditions conditions) {
        Application application = new Application(op, conditions);
        IdentityHashMap<Numbers, Tensor> tensors = new IdentityHashMap<>();
        Tensor[] variables = inputs.stream()
                .map(input -> tensors.computeIfAbsent(input, Float32::variable))
                .toArray(Tensor[]::new);
        List<Tensor> outputs = application
                .on(variables[0], Arrays.copyOfRange(variables, 1, variables.length))
                .orElseThrow();
        Tensor loss = Tensors.zeros(Shape.of());
        for (int i = 0; i < outputs.size(); i++) {
            Tensor output = outputs.get(i);
            loss = loss.plus(output.times(Float32.variable(weights(i, firstRow, output.shape())))
                    .sum());
        }
        Gradients.of(loss);
        return application;
    }

    /** The factor of output i in the loss. */
    static Numbers weights(int i, Shape shape) {
        return weights(i, 0, shape);
    }

    private static Numbers weights(int i, int firstRow, Shape shape) {
        return shape.rank() == 0
                ? new Numbers(shape, new double[] {1})
                : Projection.weights(
                        outputName(i),
                        shape,
                        IntStream.range(firstRow, firstRow + shape.dim(0)).toArray());
    }

    private static String outputName(int i) {
        return "output " + i;
    }

    /** Outputs, and gradients of inputs that were asked for, by the name that messages show. */
    Map<String, Numbers> results() {
        return results;
    }

    /** What the op changed although it must not. */
    List<String> modified() {
        return List.copyOf(modified);
    }

    @Override
    public String name() {
        return op.name();
    }

    @Override
    public List<Shape> shapes(List<Shape> inputs) {
        return op.shapes(inputs);
    }

    @Override
    public void forward(Kernels k, Block[] in, Block[] out, Memory memory) {
        ownIn = blocks(in);
        ownOut = new Block[out.length];
        for (int i = 0; i < out.length; i++) {
            ownOut[i] = filled(out[i], conditions.outputs);
        }
        op.forward(conditions.kernels.apply(k), ownIn, ownOut, new PoisonedMemory(memory));
        unchanged("input", ownIn, in);
        for (int i = 0; i < out.length; i++) {
            k.copy(ownOut[i], out[i]);
            results.put(outputName(i), Layout.numbers(ownOut[i], shape(ownOut[i])));
            spilt(outputName(i), ownOut[i]);
        }
    }

    @Override
    public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory, Block[] dIn) {
        Block[] ownDOut = blocks(dOut);
        IdentityHashMap<float[], Block> same = new IdentityHashMap<>();
        Block[] ownDIn = new Block[dIn.length];
        for (int i = 0; i < dIn.length; i++) {
            if (conditions.asked.test(i)) {
                Block given = dIn[i];
                ownDIn[i] = same.computeIfAbsent(given.data(), array -> filled(given, conditions.gradients));
            }
        }
        op.backward(conditions.kernels.apply(k), ownDOut, ownIn, ownOut, new PoisonedMemory(memory), ownDIn);
        unchanged("input", ownIn, in);
        unchanged("output", ownOut, out);
        unchanged("gradient of output", ownDOut, dOut);
        for (int i = 0; i < dIn.length; i++) {
            if (ownDIn[i] != null) {
                String name = "gradient of input " + i;
                results.put(name, Layout.numbers(ownDIn[i], shape(ownDIn[i])));
                spilt(name, ownDIn[i]);
            }
        }
    }

    private static Shape shape(Block block) {
        return Shape.of(block.rows(), block.columns());
    }

    private Block[] blocks(Block... blocks) {
        Block[] own = new Block[blocks.length];
        for (int i = 0; i < blocks.length; i++) {
            own[i] = conditions.layout.of(Layout.numbers(blocks[i], shape(blocks[i])));
        }
        return own;
    }

    private Block filled(Block like, float value) {
        double[] values = new double[like.size()];
        Arrays.fill(values, value);
        return conditions.layout.of(new Numbers(shape(like), values));
    }

    private void unchanged(String what, Block[] own, Block... given) {
        for (int i = 0; i < own.length; i++) {
            double[] now = Layout.numbers(own[i], shape(own[i])).values();
            double[] before = Layout.numbers(given[i], shape(given[i])).values();
            if (!Arrays.equals(now, before)) {
                modified.add(what + " " + i);
            }
            spilt(what + " " + i, own[i]);
        }
    }

    private void spilt(String what, Block block) {
        if (Layout.isSpilt(block)) {
            modified.add("the array beside " + what);
        }
    }
}
