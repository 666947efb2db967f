package org.rnn4j.core.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.rnn4j.api.op.Block;

/**
 * Runs the vector kernels on tiny operands until the JIT has compiled them. Before that, every operation on a vector makes objects, and a first
 * training step takes seconds, whatever its size.
 *
 * <p>One kernel after the other: the interpreted Vector API asks for hundreds of compilations of its own, behind which the kernels' wait, and
 * which all at once are more. Every path of a kernel is taken (tiles of every height, columns and numbers left over, rows apart), because what was
 * never run is compiled as a trap.
 */
final class WarmUp {
    /** Tiles of 8, 6, 4 rows and 1. */
    private static final int ROWS = 23;

    /** Whole panels, and a few columns more. */
    private static final int COLUMNS = 2 * Panels.WIDTH + 3;

    /** The inner dimension of products: a loop long enough to be worth unrolling. */
    private static final int INNER = 24;

    /** Multiply-adds of the plain product that an element of the other kernels may cost: compiled it costs four at most, before that ten times as much. */
    private static final int MOST = 8;

    private final PlainKernels plain = new PlainKernels(new Threads(1));
    private final PlainKernels kernels;
    private final Block x = block(COLUMNS);
    private final Block dense = block(COLUMNS);
    private final Block apart = block(COLUMNS + 1).columns(1, COLUMNS + 1);
    private final Block left = block(INNER);
    private final Block leftTransposed = Block.of(left.data(), INNER, ROWS).transposed();
    private final Block scale = block(1);
    private final Panels right;
    private final List<Piece> pieces = new ArrayList<>();

    /** The best time of the plain product: it begins slow too. */
    private long reference = Long.MAX_VALUE;

    /**
     * Work of one kernel: two results of {@link #ROWS} by {@link #COLUMNS}.
     *
     * @param most how many multiply-adds of the plain product an element may cost
     */
    record Piece(int most, Consumer<PlainKernels> work) {}

    /** To compile these kernels. */
    WarmUp(PlainKernels kernels) {
        this.kernels = kernels;
        Block matrix = Block.of(new float[INNER * COLUMNS], INNER, COLUMNS);
        right = Panels.of(matrix, new float[Panels.size(matrix)]);
        pieces.add(new Piece(INNER, k -> products(k, left)));
        pieces.add(new Piece(INNER, k -> products(k, leftTransposed)));
        add((k, y) -> k.exp(x, y));
        add((k, y) -> k.tanh(x, y));
        add((k, y) -> k.sigmoid(x, y));
        add((k, y) -> k.tanhGradient(x, y, y));
        add((k, y) -> k.sigmoidGradient(x, y, y));
        add((k, y) -> k.plus(x, y, y));
        add((k, y) -> k.minus(x, y, y));
        add((k, y) -> k.times(x, y, y));
        add((k, y) -> k.addTimes(x, x, y));
        add((k, y) -> k.mix(x, x, y, y));
        add((k, y) -> k.addSoftmax(x, scale, scale, y));
        addRows((k, r) -> k.max(x, r));
        addRows((k, r) -> k.sumOfExp(x, r, 1f));
        pieces.add(new Piece(MOST, k -> k.sum(left)));
        pieces.add(new Piece(MOST, k -> k.sumOfSquares(left)));
    }

    /** What is run. */
    List<Piece> pieces() {
        return pieces;
    }

    private static Block block(int columns) {
        return Block.of(new float[ROWS * columns], ROWS, columns);
    }

    private void products(PlainKernels k, Block a) {
        k.multiply(a, right, dense);
        k.multiplyAdd(a, right, dense);
    }

    private void add(BiConsumer<PlainKernels, Block> kernel) {
        pieces.add(new Piece(MOST, k -> {
            kernel.accept(k, dense);
            kernel.accept(k, apart);
        }));
    }

    private void addRows(ObjIntConsumer<PlainKernels> kernel) {
        pieces.add(new Piece(MOST, k -> {
            for (int r = 0; r < ROWS; r++) {
                kernel.accept(k, r);
            }
        }));
    }

    /**
     * Returns when all kernels are compiled.
     *
     * @param patience how long to try; half of the time is pauses, for whoever shares the core
     * @return false where a kernel is no faster than plain loops when the time is up
     */
    boolean run(long patience, TimeUnit unit) {
        long end = System.nanoTime() + unit.toNanos(patience);
        // The first kernels once more: they may have been measured against a product that was slow itself.
        for (int pass = 0; pass < 2; pass++) {
            for (Piece piece : pieces) {
                while (!isFast(piece)) {
                    if (System.nanoTime() - end > 0) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private boolean isFast(Piece piece) {
        long begin = System.nanoTime();
        products(plain, left);
        long middle = System.nanoTime();
        piece.work.accept(kernels);
        long end = System.nanoTime();
        reference = Math.min(reference, middle - begin);
        boolean fast = (end - middle) * INNER <= reference * piece.most;
        if (!fast) {
            LockSupport.parkNanos(end - begin);
        }
        return fast;
    }
}
