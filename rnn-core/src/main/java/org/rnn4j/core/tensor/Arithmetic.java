package org.rnn4j.core.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.rnn4j.api.Shape;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Memory;
import org.rnn4j.api.op.Op;

/** {@code +}, {@code -}, {@code *}, {@code /} and the greater of two tensors, element by element, with broadcasting. */
record Arithmetic(Kind kind, Broadcast broadcast) implements Op {

    static Arithmetic of(Kind kind, Shape a, Shape b) {
        return new Arithmetic(kind, Broadcast.of(kind.name().toLowerCase(Locale.ROOT), a, b));
    }

    enum Kind {
        PLUS,
        MINUS,
        TIMES,
        DIVIDED_BY,
        MAX
    }

    @Override
    public String name() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<Shape> shapes(List<Shape> in) {
        return List.of(broadcast.shape());
    }

    @Override
    public void forward(Kernels k, Block[] in, Block[] out, Memory memory) {
        forward(0, in[0].data(), 0, in[1].data(), 0, out[0].data(), 0);
    }

    /**
     * All rows below an outer axis, without the objects of {@link Broadcast#rows}: a step of a session must not allocate.
     *
     * @return where the next row of y begins
     */
    private int forward(int axis, float[] a, int ia, float[] b, int ib, float[] y, int o) {
        if (axis == broadcast.outer().length) {
            if (broadcast.strideA() == 1 && broadcast.strideB() == 1) {
                inLine(a, ia, b, ib, y, o);
            } else {
                spread(a, ia, b, ib, y, o);
            }
            return o + broadcast.columns();
        }
        int next = o;
        for (int i = 0; i < broadcast.outer()[axis]; i++) {
            next = forward(
                    axis + 1,
                    a,
                    ia + i * broadcast.a()[axis],
                    b,
                    ib + i * broadcast.b()[axis],
                    y,
                    next);
        }
        return next;
    }

    /** Where both operands lie in a line: loops that the compiler turns into vectors. */
    private void inLine(float[] a, int ia, float[] b, int ib, float[] y, int o) {
        int columns = broadcast.columns();
        switch (kind) {
            case PLUS -> {
                for (int c = 0; c < columns; c++) {
                    y[o + c] = a[ia + c] + b[ib + c];
                }
            }
            case MINUS -> {
                for (int c = 0; c < columns; c++) {
                    y[o + c] = a[ia + c] - b[ib + c];
                }
            }
            case TIMES -> {
                for (int c = 0; c < columns; c++) {
                    y[o + c] = a[ia + c] * b[ib + c];
                }
            }
            case DIVIDED_BY -> {
                for (int c = 0; c < columns; c++) {
                    y[o + c] = a[ia + c] / b[ib + c];
                }
            }
            case MAX -> {
                for (int c = 0; c < columns; c++) {
                    y[o + c] = Math.max(a[ia + c], b[ib + c]);
                }
            }
        }
    }

    /** Where an operand is repeated along the columns. */
    private void spread(float[] a, int ia, float[] b, int ib, float[] y, int o) {
        int sa = broadcast.strideA();
        int sb = broadcast.strideB();
        for (int c = 0; c < broadcast.columns(); c++) {
            float left = a[ia + c * sa];
            float right = b[ib + c * sb];
            y[o + c] = switch (kind) {
                case PLUS -> left + right;
                case MINUS -> left - right;
                case TIMES -> left * right;
                case DIVIDED_BY -> left / right;
                case MAX -> Math.max(left, right);
            };
        }
    }

    @Override
    public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory, Block[] dIn) {
        float[] dy = dOut[0].data();
        float[] a = in[0].data();
        float[] b = in[1].data();
        int sa = broadcast.strideA();
        int sb = broadcast.strideB();
        int columns = broadcast.columns();
        if (dIn[0] != null) {
            float[] da = dIn[0].data();
            broadcast.rows((o, ia, ib) -> {
                for (int c = 0; c < columns; c++) {
                    float other = b[ib + c * sb];
                    da[ia + c * sa] += switch (kind) {
                        case PLUS, MINUS -> dy[o + c];
                        case TIMES -> dy[o + c] * other;
                        case DIVIDED_BY -> dy[o + c] / other;
                        case MAX -> other > a[ia + c * sa] ? 0 : dy[o + c];
                    };
                }
            });
        }
        if (dIn[1] != null) {
            float[] db = dIn[1].data();
            broadcast.rows((o, ia, ib) -> {
                for (int c = 0; c < columns; c++) {
                    float other = a[ia + c * sa];
                    float own = b[ib + c * sb];
                    db[ib + c * sb] += switch (kind) {
                        case PLUS -> dy[o + c];
                        case MINUS -> -dy[o + c];
                        case TIMES -> dy[o + c] * other;
                        case DIVIDED_BY -> -dy[o + c] * other / (own * own);
                        case MAX -> own > other ? dy[o + c] : 0;
                    };
                }
            });
        }
    }

    /**
     * How two shapes line up: the rows of the result, and where each operand's numbers for a row begin.
     *
     * @param shape the shape of the result
     * @param outer its axes but the innermost; none where both operands have one shape, which is then one long row
     * @param columns the length of a row
     * @param a how far apart the first operand's numbers are along each outer axis, and last along the columns; 0 where repeated
     * @param b likewise the second operand's
     */
    record Broadcast(Shape shape, int[] outer, int columns, int[] a, int[] b) {

        /** What to do with one row of the result: where it begins, in the result and in both operands. */
        interface Row {
            void at(int out, int a, int b);
        }

        static Broadcast of(String op, Shape a, Shape b) {
            if (a.equals(b)) {
                return new Broadcast(a, new int[0], a.size(), new int[] {1}, new int[] {1});
            }
            int rank = Math.max(a.rank(), b.rank());
            int[] result = new int[rank];
            int[] stridesA = new int[rank];
            int[] stridesB = new int[rank];
            int nextA = 1;
            int nextB = 1;
            for (int i = rank - 1; i >= 0; i--) {
                int lengthA = i < rank - a.rank() ? 1 : a.dim(i - (rank - a.rank()));
                int lengthB = i < rank - b.rank() ? 1 : b.dim(i - (rank - b.rank()));
                if (lengthA != lengthB && lengthA != 1 && lengthB != 1) {
                    throw new IllegalArgumentException(op + " of " + a + " and " + b + ": shapes do not broadcast");
                }
                result[i] = lengthA == 1 ? lengthB : lengthA;
                stridesA[i] = lengthA == 1 ? 0 : nextA;
                stridesB[i] = lengthB == 1 ? 0 : nextB;
                nextA *= lengthA;
                nextB *= lengthB;
            }
            return new Broadcast(
                    Shape.of(result), Arrays.copyOf(result, rank - 1), result[rank - 1], stridesA, stridesB);
        }

        int strideA() {
            return a[a.length - 1];
        }

        int strideB() {
            return b[b.length - 1];
        }

        void rows(Row row) {
            int count = 1;
            for (int dim : outer) {
                count *= dim;
            }
            int[] index = new int[outer.length];
            int ia = 0;
            int ib = 0;
            for (int r = 0; r < count; r++) {
                row.at(r * columns, ia, ib);
                for (int i = outer.length - 1; i >= 0; i--) {
                    ia += a[i];
                    ib += b[i];
                    if (++index[i] < outer[i]) {
                        break;
                    }
                    index[i] = 0;
                    ia -= a[i] * outer[i];
                    ib -= b[i] * outer[i];
                }
            }
        }
    }
}
