package org.rnn4j.testkit;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;

/**
 * An array and its shape, which can be cut along rows and steps.
 *
 * @param values row-major; not modified
 */
record Numbers(Shape shape, double[] values) {

    static Numbers of(Tensor tensor) {
        return new Numbers(tensor.shape(), tensor.toDoubles());
    }

    /** Numbers of [-0.5, 0.5) of which every row has its own: row i is that of the batch row {@code rows[i]}, whatever the batch. */
    static Numbers drawn(Draws draws, Shape row, int... rows) {
        double[] values = new double[rows.length * row.size()];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(
                    DoubleParams.uniform(draws.at(rows[i]), row.size()), 0, values, i * row.size(), row.size());
        }
        return new Numbers(row.under(rows.length), values);
    }

    /** All tensors as numbers. */
    static Map<String, Numbers> of(Map<String, ? extends Tensor> tensors) {
        Map<String, Numbers> numbers = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> numbers.put(name, of(tensor)));
        return numbers;
    }

    /** Row n of all. */
    static Map<String, Numbers> row(Map<String, Numbers> all, int n) {
        Map<String, Numbers> rows = new LinkedHashMap<>();
        all.forEach((name, numbers) -> rows.put(name, numbers.row(n)));
        return rows;
    }

    /** All rows together, each of which is {@code (1,…)} in every part. */
    static Map<String, Numbers> ofRows(List<Map<String, Numbers>> rows) {
        Map<String, Numbers> all = new LinkedHashMap<>();
        rows.get(0).forEach((name, first) -> {
            double[] values = rows.stream()
                    .flatMapToDouble(row -> Arrays.stream(row.get(name).values))
                    .toArray();
            all.put(name, new Numbers(first.shape.without(0).under(rows.size()), values));
        });
        return all;
    }

    /** A gradient of {@link DoubleTensor#gradients}. */
    static Numbers gradient(Map<DoubleTensor, double[]> gradients, Tensor leaf) {
        return new Numbers(
                leaf.shape(),
                gradients.getOrDefault(
                        DoubleTensor.of(leaf), new double[leaf.shape().size()]));
    }

    DoubleTensor variable() {
        return DoubleTensor.variable(shape, values);
    }

    DoubleTensor constant() {
        return DoubleTensor.of(shape, values);
    }

    /** Row n of {@code (N,…)}, as {@code (1,…)}. */
    Numbers row(int n) {
        int width = values.length / shape.dim(0);
        return new Numbers(shape.without(0).under(1), Arrays.copyOfRange(values, n * width, (n + 1) * width));
    }

    /** Row n of {@code (N,…)} with every number replaced. */
    Numbers withRow(int n, double number) {
        int width = values.length / shape.dim(0);
        double[] changed = values.clone();
        Arrays.fill(changed, n * width, (n + 1) * width, number);
        return new Numbers(shape, changed);
    }

    /** Steps {@code from} (inclusive) to {@code to} (exclusive) of {@code (N,T,…)}. */
    Numbers steps(int from, int to) {
        int steps = shape.dim(1);
        int rows = shape.dim(0);
        int width = values.length / Math.max(rows * steps, 1);
        int[] dims = shape.dims();
        dims[1] = to - from;
        double[] cut = new double[rows * (to - from) * width];
        for (int n = 0; n < rows; n++) {
            System.arraycopy(values, (n * steps + from) * width, cut, n * (to - from) * width, (to - from) * width);
        }
        return new Numbers(Shape.of(dims), cut);
    }

    /** {@code (N,T,…)} with every number of one step of one row replaced. */
    Numbers withStep(int n, int t, double number) {
        int width = values.length / Math.max(shape.dim(0) * shape.dim(1), 1);
        int at = (n * shape.dim(1) + t) * width;
        double[] changed = values.clone();
        Arrays.fill(changed, at, at + width, number);
        return new Numbers(shape, changed);
    }

    /** The one row as all there is: {@code (1,…)} without its first axis. */
    Numbers whole() {
        return new Numbers(shape.without(0), values);
    }

    /** The same numbers in another shape. */
    Numbers as(Shape other) {
        return new Numbers(other, values);
    }

    /** As many zeros. */
    Numbers zeros() {
        return new Numbers(shape, new double[values.length]);
    }

    Numbers times(double factor) {
        return new Numbers(shape, Arrays.stream(values).map(x -> x * factor).toArray());
    }
}
