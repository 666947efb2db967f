package org.rnn4j.testkit;

import java.util.Locale;
import org.rnn4j.api.Shape;

/** {@code +}, {@code -}, {@code *}, {@code /} and the greater of two tensors, element by element, with broadcasting. */
enum Arithmetic {
    PLUS {
        @Override
        double of(double a, double b) {
            return a + b;
        }

        @Override
        double da(double a, double b, double dy) {
            return dy;
        }

        @Override
        double db(double a, double b, double dy) {
            return dy;
        }
    },
    MINUS {
        @Override
        double of(double a, double b) {
            return a - b;
        }

        @Override
        double da(double a, double b, double dy) {
            return dy;
        }

        @Override
        double db(double a, double b, double dy) {
            return -dy;
        }
    },
    TIMES {
        @Override
        double of(double a, double b) {
            return a * b;
        }

        @Override
        double da(double a, double b, double dy) {
            return dy * b;
        }

        @Override
        double db(double a, double b, double dy) {
            return dy * a;
        }
    },
    DIVIDED_BY {
        @Override
        double of(double a, double b) {
            return a / b;
        }

        @Override
        double da(double a, double b, double dy) {
            return dy / b;
        }

        @Override
        double db(double a, double b, double dy) {
            return -dy * a / (b * b);
        }
    },
    MAX {
        @Override
        double of(double a, double b) {
            return Math.max(a, b);
        }

        @Override
        double da(double a, double b, double dy) {
            return b > a ? 0 : dy;
        }

        @Override
        double db(double a, double b, double dy) {
            return b > a ? dy : 0;
        }
    };

    abstract double of(double a, double b);

    /** What is to be added to the gradient of {@code a}. */
    abstract double da(double a, double b, double dy);

    /** What is to be added to the gradient of {@code b}. */
    abstract double db(double a, double b, double dy);

    DoubleTensor of(DoubleTensor left, DoubleTensor right) {
        String name = name().toLowerCase(Locale.ROOT);
        Shape shape = broadcast(name, left.shape(), right.shape());
        int[] fromA = positions(left.shape(), shape);
        int[] fromB = positions(right.shape(), shape);
        double[] a = left.array();
        double[] b = right.array();
        double[] y = new double[shape.size()];
        for (int i = 0; i < y.length; i++) {
            y[i] = of(a[fromA[i]], b[fromB[i]]);
        }
        GraphNode.Gradient gradient = (dy, dIn) -> {
            for (int i = 0; i < dy.length; i++) {
                if (dIn[0] != null) {
                    dIn[0][fromA[i]] += da(a[fromA[i]], b[fromB[i]], dy[i]);
                }
                if (dIn[1] != null) {
                    dIn[1][fromB[i]] += db(a[fromA[i]], b[fromB[i]], dy[i]);
                }
            }
        };
        return DoubleTensor.result(shape, y, GraphNode.of(name, gradient, left, right));
    }

    private static Shape broadcast(String name, Shape a, Shape b) {
        int rank = Math.max(a.rank(), b.rank());
        int[] dims = new int[rank];
        for (int i = 0; i < rank; i++) {
            int lengthA = aligned(a, i, rank);
            int lengthB = aligned(b, i, rank);
            if (lengthA != lengthB && lengthA != 1 && lengthB != 1) {
                throw new IllegalArgumentException(name + " of " + a + " and " + b + ": shapes do not broadcast");
            }
            dims[i] = lengthA == 1 ? lengthB : lengthA;
        }
        return Shape.of(dims);
    }

    /** The length of an axis of a shape that is filled up with axes of length 1 in front. */
    private static int aligned(Shape shape, int axis, int rank) {
        int own = axis - (rank - shape.rank());
        return own < 0 ? 1 : shape.dim(own);
    }

    /** For every element of the result, where an operand holds its number. */
    private static int[] positions(Shape operand, Shape result) {
        int rank = result.rank();
        int[] strides = new int[rank];
        for (int axis = rank - 1, next = 1; axis >= 0; axis--) {
            int length = aligned(operand, axis, rank);
            strides[axis] = length == 1 ? 0 : next;
            next *= length;
        }
        int[] positions = new int[result.size()];
        int[] index = new int[rank];
        int position = 0;
        for (int i = 0; i < positions.length; i++) {
            positions[i] = position;
            // Counts up like an odometer, the innermost axis fastest.
            for (int axis = rank - 1; axis >= 0; axis--) {
                position += strides[axis];
                if (++index[axis] < result.dim(axis)) {
                    break;
                }
                position -= strides[axis] * index[axis];
                index[axis] = 0;
            }
        }
        return positions;
    }
}
