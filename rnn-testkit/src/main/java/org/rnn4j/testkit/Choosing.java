package org.rnn4j.testkit;

import java.util.Arrays;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Shape;

/** Operations that copy some of their inputs' numbers; their gradients add up where the numbers came from. */
final class Choosing {
    private Choosing() {}

    /** {@code to[toIndex..] += from[fromIndex..]}, {@code count} numbers. */
    static void add(double[] from, int fromIndex, double[] to, int toIndex, int count) {
        for (int i = 0; i < count; i++) {
            to[toIndex + i] += from[fromIndex + i];
        }
    }

    /** A result of which number i is number {@code positions[i]} of the input. */
    private static DoubleTensor copy(String name, DoubleTensor input, Shape shape, int[] positions) {
        double[] y = new double[positions.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = input.array()[positions[i]];
        }
        GraphNode.Gradient gradient = (dy, dIn) -> {
            for (int i = 0; i < dy.length; i++) {
                dIn[0][positions[i]] += dy[i];
            }
        };
        return DoubleTensor.result(shape, y, GraphNode.of(name, gradient, input));
    }

    static DoubleTensor columns(DoubleTensor input, int from, int to) {
        Shape x = input.shape();
        if (from < 0 || to > x.columns() || from > to) {
            throw new IllegalArgumentException("columns " + from + " to " + to + " of " + x + ": outside");
        }
        Shape shape = x.withColumns(to - from);
        int[] positions = new int[shape.size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = i / (to - from) * x.columns() + from + i % (to - from);
        }
        return copy("columns " + from + " to " + to, input, shape, positions);
    }

    static DoubleTensor step(DoubleTensor input, int t) {
        Shape x = input.shape();
        if (x.rank() < 2 || t < 0 || t >= x.dim(1)) {
            throw new IllegalArgumentException("step " + t + " of " + x + ": outside");
        }
        Shape shape = x.without(1);
        int[] positions = new int[shape.size()];
        int width = shape.size() / Math.max(x.dim(0), 1);
        for (int i = 0; i < positions.length; i++) {
            positions[i] = (i / width * x.dim(1) + t) * width + i % width;
        }
        return copy("step " + t, input, shape, positions);
    }

    /** {@code y_i = table[ids_i]}. */
    static DoubleTensor lookup(DoubleTensor table, Ids ids) {
        if (table.shape().rank() != 2) {
            throw new IllegalArgumentException("lookup in " + table.shape() + ": expected a table (V,D)");
        }
        ids.below(table.shape().dim(0), "vocabulary");
        int width = table.shape().dim(1);
        Shape shape = ids.shape().over(width);
        int[] positions = new int[shape.size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = ids.at(i / width) * width + i % width;
        }
        return copy("lookup", table, shape, positions);
    }

    /** {@code y_r = x[r, ids_r]}. */
    static DoubleTensor pick(DoubleTensor input, Ids ids) {
        Shape x = input.shape();
        if (x.rank() == 0 || !x.without(-1).equals(ids.shape())) {
            throw new IllegalArgumentException(
                    "pick of " + x + " by ids " + ids.shape() + ": expected one id for each row");
        }
        ids.below(x.columns(), "columns");
        int[] positions = new int[ids.shape().size()];
        for (int r = 0; r < positions.length; r++) {
            positions[r] = r * x.columns() + ids.at(r);
        }
        return copy("pick", input, ids.shape(), positions);
    }

    static DoubleTensor where(DoubleTensor input, DoubleTensor otherwise, boolean[] keep) {
        Shape x = input.shape();
        if (!x.equals(otherwise.shape())) {
            throw new IllegalArgumentException("where of " + x + " and " + otherwise.shape() + ": shapes differ");
        }
        if (keep.length == 0 ? x.size() != 0 : x.size() % keep.length != 0) {
            throw new IllegalArgumentException("where of " + x + " by " + keep.length + " flags: no equal blocks");
        }
        int width = x.size() / Math.max(keep.length, 1);
        double[] y = new double[x.size()];
        for (int i = 0; i < keep.length; i++) {
            System.arraycopy((keep[i] ? input : otherwise).array(), i * width, y, i * width, width);
        }
        GraphNode.Gradient gradient = (dy, dIn) -> {
            for (int i = 0; i < keep.length; i++) {
                double[] to = dIn[keep[i] ? 0 : 1];
                if (to != null) {
                    add(dy, i * width, to, i * width, width);
                }
            }
        };
        return DoubleTensor.result(x, y, GraphNode.of("where " + Arrays.toString(keep), gradient, input, otherwise));
    }
}
