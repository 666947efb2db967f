package org.rnn4j.core.kernel;

import java.util.Arrays;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;

/** Kernels in plain Java. They define the results, run on every JVM, and are used until the faster kernels are compiled. */
public class PlainKernels implements Kernels {
    /** Fewer multiply-adds than this, a hundred microseconds, are not worth another thread: it may have to be woken. */
    private static final long WORTH_SHARING = 1 << 22;

    /** Where a product's rows and columns may be cut: multiples of what the kernels take at a time. */
    private static final int ROWS = 24;

    private static final int COLUMNS = 2 * Panels.WIDTH;

    /** How many partial sums a sum has, whatever the width of the vectors. */
    static final int SUMS = 16;

    /** As many numbers as the tile of a product has at most, and room for a piece of A in a plain product. */
    static final int SMALL = Math.max(256, 8 * Panels.WIDTH);

    private final Threads threads;
    private final ThreadLocal<float[]> small = ThreadLocal.withInitial(() -> new float[SMALL]);

    /** Kernels that share large work with these threads. */
    PlainKernels(Threads threads) {
        this.threads = threads;
    }

    /** How many numbers {@link #pack} needs. */
    public final int packedSize(Block b) {
        return Panels.size(b);
    }

    /**
     * A right operand of products.
     *
     * @param into memory for {@link #packedSize} numbers, which holds the packed operand from now on
     */
    public final Packed pack(Block b, float[] into) {
        return Panels.of(b, into);
    }

    @Override
    public void multiply(Block a, Packed b, Block c) {
        share(a, Panels.operand(a, b, c), c, false);
    }

    @Override
    public void multiplyAdd(Block a, Packed b, Block c) {
        share(a, Panels.operand(a, b, c), c, true);
    }

    /** A product's rows or columns over the threads, whichever are more: never a sum. */
    private void share(Block a, Panels b, Block c, boolean add) {
        int rows = a.rows();
        int columns = c.columns();
        if ((long) rows * a.columns() * columns < WORTH_SHARING) {
            product(a, b, c, 0, columns, add);
        } else if (rows >= columns) {
            threads.split(pieces(rows, ROWS), 1, (from, to) -> {
                int last = Math.min(rows, to * ROWS);
                product(a.rows(from * ROWS, last), b, c.rows(from * ROWS, last), 0, columns, add);
            });
        } else {
            threads.split(
                    pieces(columns, COLUMNS),
                    1,
                    (from, to) -> product(a, b, c, from * COLUMNS, Math.min(columns, to * COLUMNS), add));
        }
    }

    private static int pieces(int size, int piece) {
        return (size + piece - 1) / piece;
    }

    /** The columns {@code from} to {@code to} of a product. */
    void product(Block a, Panels b, Block c, int from, int to, boolean add) {
        PlainProduct.multiply(a, b, c, from, to, add, small());
    }

    @Override
    public void exp(Block x, Block y) {
        sameRows("exp", x, y);
        for (int r = 0; r < y.rows(); r++) {
            for (int c = 0; c < y.columns(); c++) {
                y.set(r, c, Functions.exp(x.get(r, c)));
            }
        }
    }

    @Override
    public void tanh(Block x, Block y) {
        sameRows("tanh", x, y);
        for (int r = 0; r < y.rows(); r++) {
            for (int c = 0; c < y.columns(); c++) {
                y.set(r, c, Functions.tanh(x.get(r, c)));
            }
        }
    }

    @Override
    public void sigmoid(Block x, Block y) {
        sameRows("sigmoid", x, y);
        for (int r = 0; r < y.rows(); r++) {
            for (int c = 0; c < y.columns(); c++) {
                y.set(r, c, Functions.sigmoid(x.get(r, c)));
            }
        }
    }

    @Override
    public void tanhGradient(Block dy, Block y, Block dx) {
        sameRows("tanhGradient", dy, dx);
        sameRows("tanhGradient", y, dx);
        for (int r = 0; r < dx.rows(); r++) {
            for (int c = 0; c < dx.columns(); c++) {
                float value = y.get(r, c);
                dx.set(r, c, dy.get(r, c) * Fma.fma(-value, value, 1f));
            }
        }
    }

    @Override
    public void tanhGradient(Block dy, Block factor, Block y, Block dx) {
        sameRows("tanhGradient", dy, dx);
        sameRows("tanhGradient", factor, dx);
        sameRows("tanhGradient", y, dx);
        for (int r = 0; r < dx.rows(); r++) {
            for (int c = 0; c < dx.columns(); c++) {
                float value = y.get(r, c);
                dx.set(r, c, dy.get(r, c) * factor.get(r, c) * Fma.fma(-value, value, 1f));
            }
        }
    }

    @Override
    public void sigmoidGradient(Block dy, Block y, Block dx) {
        sameRows("sigmoidGradient", dy, dx);
        sameRows("sigmoidGradient", y, dx);
        for (int r = 0; r < dx.rows(); r++) {
            for (int c = 0; c < dx.columns(); c++) {
                float value = y.get(r, c);
                dx.set(r, c, dy.get(r, c) * (value * (1f - value)));
            }
        }
    }

    @Override
    public void sigmoidGradient(Block dy, Block factor, Block y, Block dx) {
        sameRows("sigmoidGradient", dy, dx);
        sameRows("sigmoidGradient", factor, dx);
        sameRows("sigmoidGradient", y, dx);
        for (int r = 0; r < dx.rows(); r++) {
            for (int c = 0; c < dx.columns(); c++) {
                float value = y.get(r, c);
                dx.set(r, c, dy.get(r, c) * factor.get(r, c) * (value * (1f - value)));
            }
        }
    }

    @Override
    public void copy(Block x, Block y) {
        sameRows("copy", x, y);
        for (int r = 0; r < y.rows(); r++) {
            if (x.columnStride() == 1 && y.columnStride() == 1) {
                int from = x.offset() + r * x.rowStride();
                System.arraycopy(x.data(), from, y.data(), y.offset() + r * y.rowStride(), y.columns());
            } else {
                for (int c = 0; c < y.columns(); c++) {
                    y.set(r, c, x.get(r, c));
                }
            }
        }
    }

    @Override
    public void fill(float value, Block y) {
        for (int r = 0; r < y.rows(); r++) {
            if (y.columnStride() == 1) {
                int from = y.offset() + r * y.rowStride();
                Arrays.fill(y.data(), from, from + y.columns(), value);
            } else {
                for (int c = 0; c < y.columns(); c++) {
                    y.set(r, c, value);
                }
            }
        }
    }

    @Override
    public void plus(Block a, Block b, Block y) {
        sameRows("plus", a, y);
        sameRows("plus", b, y);
        for (int r = 0; r < y.rows(); r++) {
            for (int c = 0; c < y.columns(); c++) {
                y.set(r, c, a.get(r, c) + b.get(r, c));
            }
        }
    }

    @Override
    public void minus(Block a, Block b, Block y) {
        sameRows("minus", a, y);
        sameRows("minus", b, y);
        for (int r = 0; r < y.rows(); r++) {
            for (int c = 0; c < y.columns(); c++) {
                y.set(r, c, a.get(r, c) - b.get(r, c));
            }
        }
    }

    @Override
    public void times(Block a, Block b, Block y) {
        sameRows("times", a, y);
        sameRows("times", b, y);
        for (int r = 0; r < y.rows(); r++) {
            for (int c = 0; c < y.columns(); c++) {
                y.set(r, c, a.get(r, c) * b.get(r, c));
            }
        }
    }

    @Override
    public void addTimes(Block a, Block b, Block y) {
        sameRows("addTimes", a, y);
        sameRows("addTimes", b, y);
        for (int r = 0; r < y.rows(); r++) {
            for (int c = 0; c < y.columns(); c++) {
                y.set(r, c, Fma.fma(a.get(r, c), b.get(r, c), y.get(r, c)));
            }
        }
    }

    @Override
    public void mix(Block a, Block b, Block weight, Block y) {
        sameRows("mix", a, y);
        sameRows("mix", b, y);
        sameRows("mix", weight, y);
        for (int r = 0; r < y.rows(); r++) {
            for (int c = 0; c < y.columns(); c++) {
                float from = a.get(r, c);
                y.set(r, c, Fma.fma(weight.get(r, c), b.get(r, c) - from, from));
            }
        }
    }

    @Override
    public float sum(Block x) {
        float[] partial = emptySums();
        int i = 0;
        for (int r = 0; r < x.rows(); r++) {
            for (int c = 0; c < x.columns(); c++, i++) {
                partial[i & (SUMS - 1)] += x.get(r, c);
            }
        }
        return total(partial);
    }

    /** Whether none of the numbers from one position to another (exclusive) is NaN or infinite. */
    public boolean isFinite(float[] x, int from, int to) {
        boolean finite = true;
        for (int i = from; i < to; i++) {
            finite &= Float.isFinite(x[i]);
        }
        return finite;
    }

    @Override
    public float sumOfSquares(Block x) {
        float[] partial = emptySums();
        int i = 0;
        for (int r = 0; r < x.rows(); r++) {
            for (int c = 0; c < x.columns(); c++, i++) {
                float value = x.get(r, c);
                partial[i & (SUMS - 1)] = Fma.fma(value, value, partial[i & (SUMS - 1)]);
            }
        }
        return total(partial);
    }

    @Override
    public void addSumOfRows(Block x, Block y) {
        for (int r = 0; r < x.rows(); r++) {
            plus(y, x.rows(r, r + 1), y);
        }
    }

    @Override
    public void logSumExp(Block x, Block y) {
        for (int r = 0; r < x.rows(); r++) {
            float max = max(x, r);
            // Of infinities there is no difference; nothing but zeros gives log 0.
            float sum = Float.isInfinite(max) ? 1 : sumOfExp(x, r, max);
            y.set(r, 0, max + (float) StrictMath.log(sum));
        }
    }

    /** The highest number of a row; NaN where there is one. */
    float max(Block x, int r) {
        float max = Float.NEGATIVE_INFINITY;
        for (int c = 0; c < x.columns(); c++) {
            max = Math.max(max, x.get(r, c));
        }
        return max;
    }

    /** {@code Σ_c e^(x_rc - offset)}, over 16 partial sums. */
    float sumOfExp(Block x, int r, float offset) {
        float[] partial = emptySums();
        for (int c = 0; c < x.columns(); c++) {
            partial[c & (SUMS - 1)] += Functions.exp(x.get(r, c) - offset);
        }
        return total(partial);
    }

    @Override
    public void addSoftmax(Block x, Block z, Block scale, Block y) {
        sameRows("addSoftmax", x, y);
        for (int r = 0; r < y.rows(); r++) {
            for (int c = 0; c < y.columns(); c++) {
                y.set(r, c, Fma.fma(scale.get(r, 0), Functions.exp(x.get(r, c) - z.get(r, 0)), y.get(r, c)));
            }
        }
    }

    @Override
    public void split(int items, int least, Part part) {
        threads.split(items, least, part);
    }

    /** A few numbers for the length of one call: {@link #SMALL} of them. */
    float[] small() {
        return small.get();
    }

    /** Zeros for {@link #SUMS} sums. */
    float[] emptySums() {
        float[] partial = small();
        Arrays.fill(partial, 0, SUMS, 0f);
        return partial;
    }

    /** The sums two by two, always in the same order. */
    static float total(float[] partial) {
        for (int width = SUMS / 2; width >= 1; width /= 2) {
            for (int j = 0; j < width; j++) {
                partial[j] += partial[j + width];
            }
        }
        return partial[0];
    }

    static void sameRows(String operation, Block x, Block y) {
        if (x.rows() != y.rows() || x.columns() != y.columns()) {
            throw new IllegalArgumentException(operation + " of (" + x.rows() + "," + x.columns() + ") into ("
                    + y.rows() + "," + y.columns() + "): dimensions differ");
        }
    }
}
