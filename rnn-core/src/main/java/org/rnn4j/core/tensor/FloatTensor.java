package org.rnn4j.core.tensor;

import java.util.Arrays;
import java.util.List;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.IdsOp;
import org.rnn4j.api.op.Op;
import org.rnn4j.api.op.OpTensor;
import org.rnn4j.core.kernel.ChosenKernels;

/**
 * The float32 tensor. Every operation is an {@link Op}; {@link #apply} runs it and, if an input needs a gradient, records it.
 */
public final class FloatTensor implements OpTensor {
    final Shape shape;
    final float[] data;
    /** How it was computed; null for a leaf and for a tensor without a gradient. */
    final Recorded recorded;
    /** For the leaf of a parameter, the array that optimizers change; else null. */
    final Storage storage;
    /** For what depends on the input or the states of a session's step, what that step did so far; else null. */
    final Trace trace;

    private final boolean needsGradient;

    private FloatTensor(
            Shape shape, float[] data, Recorded recorded, Storage storage, boolean needsGradient, Trace trace) {
        this.shape = shape;
        this.data = data;
        this.recorded = recorded;
        this.storage = storage;
        this.needsGradient = needsGradient;
        this.trace = trace;
    }

    /** A constant over an array that no longer changes; not copied. */
    public static FloatTensor wrap(Shape shape, float[] data) {
        return new FloatTensor(shape, checked(shape, data), null, null, false, null);
    }

    /** A leaf with a gradient, over an array that no longer changes; not copied. */
    public static FloatTensor variable(Shape shape, float[] data) {
        return new FloatTensor(shape, checked(shape, data), null, null, true, null);
    }

    /** A view of a parameter's array, to train it. */
    public static FloatTensor parameter(Shape shape, Storage storage) {
        return new FloatTensor(shape, checked(shape, storage.data()), null, storage, true, null);
    }

    /** A view of a parameter's array, only to read it. */
    public static FloatTensor readOnly(Shape shape, Storage storage) {
        return new FloatTensor(shape, checked(shape, storage.data()), null, storage, false, null);
    }

    /** A tensor that has only a shape, with which nothing can be computed. */
    public static FloatTensor withoutNumbers(Shape shape) {
        return new FloatTensor(shape, new float[0], null, null, false, null);
    }

    /** A constant of this step of a session, over an array that no longer changes. */
    static FloatTensor traced(Shape shape, float[] data, Trace trace) {
        return new FloatTensor(shape, data, null, null, false, trace);
    }

    /** The tensor, known to be of this module. */
    public static FloatTensor of(Tensor tensor) {
        if (tensor instanceof FloatTensor floats) {
            return floats;
        }
        throw new IllegalArgumentException("a float32 tensor cannot be used together with a "
                + tensor.getClass().getName());
    }

    private static float[] checked(Shape shape, float[] data) {
        if (data.length != shape.size()) {
            throw new IllegalArgumentException(
                    "a tensor of shape " + shape + " needs " + shape.size() + " numbers, got " + data.length);
        }
        return data;
    }

    /** Whether a gradient can be asked for through it. */
    public boolean needsGradient() {
        return needsGradient;
    }

    /** Whether it was made by {@link #variable}. */
    public boolean isVariable() {
        return needsGradient && recorded == null && storage == null;
    }

    /** The array itself; not to be modified. */
    public float[] array() {
        return data;
    }

    /** For the leaf of a parameter, the array that optimizers change; else null. */
    public Storage storage() {
        return storage;
    }

    /** The numbers as rows and columns. */
    Block block() {
        return Block.of(data, shape.rows(), shape.columns()).of(storage);
    }

    // Ops.

    @Override
    public List<Tensor> apply(Op op, Tensor... others) {
        FloatTensor[] inputs = new FloatTensor[others.length + 1];
        Shape[] shapes = new Shape[inputs.length];
        Block[] in = new Block[inputs.length];
        boolean record = false;
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = i == 0 ? this : of(others[i - 1]);
            shapes[i] = inputs[i].shape;
            in[i] = inputs[i].block();
            record |= inputs[i].needsGradient;
        }
        List<Shape> outShapes = op.shapes(Arrays.asList(shapes));
        int[] ids = op instanceof IdsOp withIds ? ids(withIds, shapes) : null;
        Block[] out = new Block[outShapes.size()];
        for (int i = 0; i < out.length; i++) {
            Shape s = outShapes.get(i);
            out[i] = Block.of(new float[s.size()], s.rows(), s.columns());
        }
        OpMemory memory = new OpMemory(record);
        try {
            if (ids == null) {
                op.forward(ChosenKernels.get(), in, out, memory);
            } else {
                ((IdsOp) op).forward(ids, ChosenKernels.get(), in, out, memory);
            }
        } finally {
            memory.endCall();
        }
        Recorded node = record ? new Recorded(op, inputs, out.length, memory) : null;
        Trace traced = Trace.of(op, inputs);
        if (traced != null) {
            traced.add(op, inputs, out);
        }
        Tensor[] outputs = new Tensor[out.length];
        for (int i = 0; i < out.length; i++) {
            FloatTensor output = new FloatTensor(outShapes.get(i), out[i].data(), node, null, record, traced);
            outputs[i] = output;
            if (record) {
                node.outputs[i] = output;
            }
        }
        return List.of(outputs);
    }

    /** The ids of an op, checked to be within its limit. */
    private static int[] ids(IdsOp op, Shape... inputs) {
        return TracedIds.unwrapped(op.ids())
                .below(op.limit(Arrays.asList(inputs)), op.counted())
                .toArray();
    }

    private Tensor only(Op op, Tensor... others) {
        return apply(op, others).get(0);
    }

    @Override
    public Tensor plus(Tensor other) {
        return only(Arithmetic.of(Arithmetic.Kind.PLUS, shape, other.shape()), other);
    }

    @Override
    public Tensor minus(Tensor other) {
        return only(Arithmetic.of(Arithmetic.Kind.MINUS, shape, other.shape()), other);
    }

    @Override
    public Tensor times(Tensor other) {
        return only(Arithmetic.of(Arithmetic.Kind.TIMES, shape, other.shape()), other);
    }

    @Override
    public Tensor dividedBy(Tensor other) {
        return only(Arithmetic.of(Arithmetic.Kind.DIVIDED_BY, shape, other.shape()), other);
    }

    @Override
    public Tensor max(Tensor other) {
        return only(Arithmetic.of(Arithmetic.Kind.MAX, shape, other.shape()), other);
    }

    @Override
    public Tensor plus(double number) {
        return only(new Linear(1, (float) number));
    }

    @Override
    public Tensor times(double number) {
        return only(new Linear((float) number, 0));
    }

    @Override
    public Tensor tanh() {
        return only(Pointwise.TANH);
    }

    @Override
    public Tensor sigmoid() {
        return only(Pointwise.SIGMOID);
    }

    @Override
    public Tensor relu() {
        return only(Pointwise.RELU);
    }

    @Override
    public Tensor exp() {
        return only(Pointwise.EXP);
    }

    @Override
    public Tensor log() {
        return only(Pointwise.LOG);
    }

    @Override
    public Tensor sqrt() {
        return only(Pointwise.SQRT);
    }

    @Override
    public Tensor softplus() {
        return only(Pointwise.SOFTPLUS);
    }

    @Override
    public Tensor matmul(Tensor matrix) {
        return only(product(Matmul.MATMUL, matrix), matrix);
    }

    @Override
    public Tensor matmulTransposed(Tensor matrix) {
        return only(product(Matmul.MATMUL_TRANSPOSED, matrix), matrix);
    }

    private static Op product(Matmul kind, Tensor matrix) {
        Shape of = matrix.shape();
        return of.rank() == 3 ? new BatchMatmul(kind, of.dim(0)) : kind;
    }

    @Override
    public Tensor sum() {
        return only(Reduction.SUM);
    }

    @Override
    public Tensor sumColumns() {
        return only(Reduction.SUM_COLUMNS);
    }

    @Override
    public Tensor logSoftmax() {
        return only(Reduction.LOG_SOFTMAX);
    }

    @Override
    public Tensor columns(int from, int to) {
        return only(new Columns(from, to));
    }

    @Override
    public Tensor step(int t) {
        return only(StepOf.of(shape, t));
    }

    @Override
    public Tensor stackWith(List<Tensor> later) {
        return only(Stack.of(shape, later.size() + 1), later.toArray(new Tensor[0]));
    }

    @Override
    public Tensor joinWith(List<Tensor> others) {
        return only(new Join(), others.toArray(new Tensor[0]));
    }

    @Override
    public Tensor lookup(Ids ids) {
        return only(new Lookup(ids));
    }

    @Override
    public Tensor pick(Ids ids) {
        return only(new Pick(ids));
    }

    @Override
    public Tensor where(boolean[] keep, Tensor otherwise) {
        return only(new Where(keep.clone()), otherwise);
    }

    @Override
    public Tensor reshape(int... dims) {
        return only(new Reshape(Shape.of(dims)));
    }

    @Override
    public Tensor detach() {
        // A parameter's array changes later; a detached tensor never does.
        return traced(shape, storage == null ? data : data.clone(), trace);
    }

    @Override
    public Tensor constant(Shape shape, float... values) {
        return wrap(shape, values.clone());
    }

    // Values.

    @Override
    public Shape shape() {
        return shape;
    }

    private float[] read() {
        if (trace != null) {
            trace.wasRead();
        }
        return data;
    }

    @Override
    public double item() {
        if (data.length != 1) {
            throw new IllegalArgumentException("item of " + shape + ": expected a tensor of one number");
        }
        return read()[0];
    }

    @Override
    public float[] toFloats() {
        return read().clone();
    }

    @Override
    public double[] toDoubles() {
        float[] numbers = read();
        double[] result = new double[numbers.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = numbers[i];
        }
        return result;
    }

    @Override
    public String toString() {
        return "Tensor" + shape + (data.length <= 16 ? Arrays.toString(data) : "");
    }
}
