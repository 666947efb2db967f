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

    private final PlainKernels plain = new PlainKernels(new Threads(1));
    private final PlainKernels kernels;
    private final Block x = block(COLUMNS);
    private final Block dense = block(COLUMNS);
    private final Block apart = block(COLUMNS + 1).columns(1, COLUMNS + 1);
    private final Block left = block(INNER);
    private final Block leftTransposed = Block.of(left.data(), INNER, ROWS).transposed();
    private final Block scale = block(1);
    private final Panels right;
    private final List<Consumer<PlainKernels>> pieces = new ArrayList<>();

    /** The best time of the plain product: it begins slow too. */
    private long reference = Long.MAX_VALUE;

    /** To compile these kernels. */
    WarmUp(PlainKernels kernels) {
        this.kernels = kernels;
        Block matrix = Block.of(new float[INNER * COLUMNS], INNER, COLUMNS);
        right = Panels.of(matrix, new float[Panels.size(matrix)]);
        pieces.add(k -> products(k, left));
        pieces.add(k -> products(k, leftTransposed));
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
        pieces.add(k -> k.sum(left));
        pieces.add(k -> k.sumOfSquares(left));
    }

    /** What is run. */
    List<Consumer<PlainKernels>> pieces() {
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
        pieces.add(k -> {
            kernel.accept(k, dense);
            kernel.accept(k, apart);
        });
    }

    private void addRows(ObjIntConsumer<PlainKernels> kernel) {
        pieces.add(k -> {
            for (int r = 0; r < ROWS; r++) {
                kernel.accept(k, r);
            }
        });
    }

    /**
     * Returns when all kernels are compiled.
     *
     * @return false where one is still slow when the patience is at its end
     */
    boolean run(long patience, TimeUnit unit) {
        long begin = System.nanoTime();
        // The first kernels once more: they may have been measured against a product that was slow itself.
        for (int pass = 0; pass < 2; pass++) {
            for (Consumer<PlainKernels> piece : pieces) {
                for (long spent = timeIfSlow(piece); spent > 0; spent = timeIfSlow(piece)) {
                    long since = System.nanoTime() - begin;
                    if (since > unit.toNanos(patience)) {
                        return false;
                    }
                    // Hardly any pauses at first, and longer and longer ones where it takes long: others use the cores
                    // too.
                    LockSupport.parkNanos(spent * TimeUnit.NANOSECONDS.toSeconds(since) / 8);
                }
            }
        }
        return true;
    }

    /**
     * Runs a piece beside two plain products, which are 24 multiply-adds for each element of a piece. Compiled, a piece is several times faster
     * than that; before, it is many times slower.
     *
     * @return what both took, in nanoseconds; 0 where the piece is fast
     */
    private long timeIfSlow(Consumer<PlainKernels> piece) {
        long begin = System.nanoTime();
        products(plain, left);
        long middle = System.nanoTime();
        piece.accept(kernels);
        long end = System.nanoTime();
        reference = Math.min(reference, middle - begin);
        return end - middle <= reference ? 0 : end - begin;
    }
}
