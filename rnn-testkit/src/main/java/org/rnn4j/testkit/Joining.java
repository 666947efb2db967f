package org.rnn4j.testkit;

import org.rnn4j.api.Shape;

/** Several tensors put together into one. */
final class Joining {
    private Joining() {}

    /** T steps, each {@code (N,…)}, as one {@code (N,T,…)}. */
    static DoubleTensor stack(DoubleTensor... steps) {
        Shape step = steps[0].shape();
        if (step.rank() == 0) {
            throw new IllegalArgumentException("stack of " + step + ": expected steps of N rows");
        }
        for (DoubleTensor other : steps) {
            if (!other.shape().equals(step)) {
                throw new IllegalArgumentException("stack of " + step + " and " + other.shape() + ": shapes differ");
            }
        }
        int T = steps.length;
        int[] dims = new int[step.rank() + 1];
        dims[0] = step.dim(0);
        dims[1] = T;
        for (int i = 1; i < step.rank(); i++) {
            dims[i + 1] = step.dim(i);
        }
        int rows = step.dim(0);
        int width = step.size() / Math.max(rows, 1);
        double[] y = new double[T * step.size()];
        for (int t = 0; t < T; t++) {
            for (int n = 0; n < rows; n++) {
                System.arraycopy(steps[t].array(), n * width, y, (n * T + t) * width, width);
            }
        }
        GraphNode.Gradient gradient = (dy, dIn) -> {
            for (int t = 0; t < T; t++) {
                for (int n = 0; dIn[t] != null && n < rows; n++) {
                    Choosing.add(dy, (n * T + t) * width, dIn[t], n * width, width);
                }
            }
        };
        return DoubleTensor.result(Shape.of(dims), y, GraphNode.of("stack", gradient, steps));
    }

    /** Tensors side by side: the columns of the first, then those of the next. */
    static DoubleTensor join(DoubleTensor... parts) {
        Shape first = parts[0].shape();
        int columns = 0;
        for (DoubleTensor part : parts) {
            Shape shape = part.shape();
            if (shape.rank() == 0
                    || shape.rank() != first.rank()
                    || !shape.without(-1).equals(first.without(-1))) {
                throw new IllegalArgumentException("join of " + first + " and " + shape + ": rows differ");
            }
            columns += shape.columns();
        }
        int rows = first.rows();
        int all = columns;
        double[] y = new double[rows * all];
        int from = 0;
        for (DoubleTensor part : parts) {
            int own = part.shape().columns();
            for (int r = 0; r < rows; r++) {
                System.arraycopy(part.array(), r * own, y, r * all + from, own);
            }
            from += own;
        }
        GraphNode.Gradient gradient = (dy, dIn) -> {
            int at = 0;
            for (int i = 0; i < parts.length; i++) {
                int own = parts[i].shape().columns();
                for (int r = 0; dIn[i] != null && r < rows; r++) {
                    Choosing.add(dy, r * all + at, dIn[i], r * own, own);
                }
                at += own;
            }
        };
        return DoubleTensor.result(first.withColumns(all), y, GraphNode.of("join", gradient, parts));
    }
}
