package org.rnn4j.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;

/**
 * The float64 tensor: the operations of {@link Tensor} in plain loops, on which an unchanged layer is tested.
 *
 * <p>It uses {@link StrictMath}, so the numbers are the same everywhere, and the bits of a row do not depend on the number of rows. It refuses what
 * the float32 tensor refuses, with the same messages. Hand-written kernels are float32 code and do not run on it: it is not an
 * {@link org.rnn4j.api.op.OpTensor}, and layers use their composed form.
 *
 * <p>Unlike the float32 tensor it remembers how it was computed even if no gradient is needed, so that {@link #operations} can show it. It is slow,
 * and only for tests.
 */
public final class DoubleTensor implements Tensor {
    private final Shape shape;
    private final double[] data;
    private final GraphNode origin;
    private final boolean needsGradient;

    private DoubleTensor(Shape shape, double[] data, GraphNode origin, boolean needsGradient) {
        if (data.length != shape.size()) {
            throw new IllegalArgumentException(
                    "a tensor of shape " + shape + " needs " + shape.size() + " numbers, got " + data.length);
        }
        this.shape = shape;
        this.data = data;
        this.origin = origin;
        this.needsGradient = needsGradient;
    }

    /**
     * A constant.
     *
     * @param values row-major, {@code shape.size()} of them; copied
     */
    public static DoubleTensor of(Shape shape, double... values) {
        return new DoubleTensor(shape, values.clone(), GraphNode.CONSTANT, false);
    }

    /**
     * A leaf with a gradient.
     *
     * @param values row-major, {@code shape.size()} of them; copied
     */
    public static DoubleTensor variable(Shape shape, double... values) {
        return new DoubleTensor(shape, values.clone(), GraphNode.VARIABLE, true);
    }

    /** The tensor, checked to be a float64 one. */
    public static DoubleTensor of(Tensor tensor) {
        if (tensor instanceof DoubleTensor doubles) {
            return doubles;
        }
        throw new IllegalArgumentException("a float64 tensor cannot be used together with a "
                + tensor.getClass().getName());
    }

    /** The result of an operation on these inputs. */
    static DoubleTensor result(Shape shape, double[] data, GraphNode origin) {
        boolean needsGradient = false;
        if (origin.gradient() != null) {
            for (DoubleTensor input : origin.inputs()) {
                needsGradient |= input.needsGradient;
            }
        }
        return new DoubleTensor(shape, data, origin, needsGradient);
    }

    // Gradients and the graph.

    /**
     * The gradients of this, a scalar, with respect to all {@link #variable}s below it.
     *
     * @return by variable, row-major; one that this does not depend on is missing
     */
    public Map<DoubleTensor, double[]> gradients() {
        return Graph.gradients(this);
    }

    /**
     * How these results were computed: one line for each variable, constant and operation, inputs first, with its settings and the
     * numbers of the lines that it takes. Two lists are equal where the same operations were applied in the same way, whatever the
     * values of the variables. Ids are inputs and are not shown.
     */
    public static List<String> operations(Tensor... results) {
        return Graph.operations(results);
    }

    GraphNode origin() {
        return origin;
    }

    boolean needsGradient() {
        return needsGradient;
    }

    /** The array itself; not to be modified. */
    double[] array() {
        return data;
    }

    // Elementwise.

    @Override
    public Tensor plus(Tensor other) {
        return Arithmetic.PLUS.of(this, of(other));
    }

    @Override
    public Tensor minus(Tensor other) {
        return Arithmetic.MINUS.of(this, of(other));
    }

    @Override
    public Tensor times(Tensor other) {
        return Arithmetic.TIMES.of(this, of(other));
    }

    @Override
    public Tensor dividedBy(Tensor other) {
        return Arithmetic.DIVIDED_BY.of(this, of(other));
    }

    @Override
    public Tensor max(Tensor other) {
        return Arithmetic.MAX.of(this, of(other));
    }

    @Override
    public Tensor plus(double number) {
        return Pointwise.of("plus " + number, this, x -> x + number, (x, y) -> 1);
    }

    @Override
    public Tensor times(double number) {
        return Pointwise.of("times " + number, this, x -> x * number, (x, y) -> number);
    }

    @Override
    public Tensor tanh() {
        return Pointwise.of("tanh", this, StrictMath::tanh, (x, y) -> 1 - y * y);
    }

    @Override
    public Tensor sigmoid() {
        return Pointwise.of("sigmoid", this, Pointwise::sigmoid, (x, y) -> y * (1 - y));
    }

    @Override
    public Tensor relu() {
        // Not Math.max(x, 0): both keep a NaN, but this is how the float32 tensor says it.
        return Pointwise.of("relu", this, x -> x < 0 ? 0 : x, (x, y) -> x > 0 ? 1 : 0);
    }

    @Override
    public Tensor exp() {
        return Pointwise.of("exp", this, StrictMath::exp, (x, y) -> y);
    }

    @Override
    public Tensor log() {
        return Pointwise.of("log", this, StrictMath::log, (x, y) -> 1 / x);
    }

    @Override
    public Tensor sqrt() {
        return Pointwise.of("sqrt", this, Math::sqrt, (x, y) -> 0.5 / y);
    }

    @Override
    public Tensor softplus() {
        return Pointwise.of("softplus", this, Pointwise::softplus, (x, y) -> Pointwise.sigmoid(x));
    }

    // Products and reductions.

    @Override
    public Tensor matmul(Tensor matrix) {
        return Products.matmul(this, of(matrix));
    }

    @Override
    public Tensor matmulTransposed(Tensor matrix) {
        return Products.matmulTransposed(this, of(matrix));
    }

    @Override
    public Tensor sum() {
        return Reductions.sum(this);
    }

    @Override
    public Tensor sumColumns() {
        return Reductions.sumColumns(this);
    }

    @Override
    public Tensor logSoftmax() {
        return Reductions.logSoftmax(this);
    }

    // Choosing and joining.

    @Override
    public Tensor columns(int from, int to) {
        return Choosing.columns(this, from, to);
    }

    @Override
    public Tensor step(int t) {
        return Choosing.step(this, t);
    }

    @Override
    public Tensor stackWith(List<Tensor> later) {
        return Joining.stack(withOthers(later));
    }

    @Override
    public Tensor joinWith(List<Tensor> others) {
        return Joining.join(withOthers(others));
    }

    private DoubleTensor[] withOthers(List<Tensor> others) {
        DoubleTensor[] all = new DoubleTensor[others.size() + 1];
        all[0] = this;
        for (int i = 1; i < all.length; i++) {
            all[i] = of(others.get(i - 1));
        }
        return all;
    }

    @Override
    public Tensor lookup(Ids ids) {
        return Choosing.lookup(this, ids);
    }

    @Override
    public Tensor pick(Ids ids) {
        return Choosing.pick(this, ids);
    }

    @Override
    public Tensor where(boolean[] keep, Tensor otherwise) {
        return Choosing.where(this, of(otherwise), keep.clone());
    }

    @Override
    public Tensor reshape(int... dims) {
        Shape to = Shape.of(dims);
        if (shape.size() != to.size()) {
            throw new IllegalArgumentException("reshape of " + shape + " to " + to + ": sizes differ");
        }
        return result(
                to,
                data,
                GraphNode.of("reshape to " + to, (dy, dIn) -> Choosing.add(dy, 0, dIn[0], 0, dy.length), this));
    }

    @Override
    public Tensor detach() {
        return result(shape, data, GraphNode.of("detach", null, this));
    }

    // Constants and values.

    @Override
    public Tensor constant(Shape shape, float... values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = values[i];
        }
        return new DoubleTensor(shape, doubles, GraphNode.CONSTANT, false);
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public double item() {
        if (data.length != 1) {
            throw new IllegalArgumentException("item of " + shape + ": expected a tensor of one number");
        }
        return data[0];
    }

    @Override
    public float[] toFloats() {
        float[] floats = new float[data.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) data[i];
        }
        return floats;
    }

    @Override
    public double[] toDoubles() {
        return data.clone();
    }

    @Override
    public String toString() {
        return "Tensor" + shape + (data.length <= 16 ? Arrays.toString(data) : "");
    }
}
