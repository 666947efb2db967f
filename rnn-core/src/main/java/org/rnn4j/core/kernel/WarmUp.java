package org.rnn4j.core.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.ObjIntConsumer;
import org.rnn4j.api.op.Block;

/**
 * Runs the vector kernels on tiny operands until the JIT has compiled them. Before that, every operation on a vector makes objects, and a first
 * training step takes seconds, whatever its size.
 *
 * <p>One kernel after the other: the interpreted Vector API causes hundreds of compilations, for which the kernels have to wait, and running all
 * kernels at once would cause more. Every path of a kernel is taken (tiles of every height, columns and numbers left over, rows apart), because what
 * was never run is compiled as a trap.
 */
final class WarmUp {
    /** Tiles of 8, 6 and 5 rows, and of 6 and 5 on a CPU that has no eights. */
    private static final int ROWS = 27;

    /** Whole panels, and a few columns more. */
    private static final int COLUMNS = 2 * Panels.WIDTH + 3;

    /** The inner dimension of products: a loop long enough to be worth unrolling. */
    private static final int INNER = 24;

    /** The product that decides between the candidates: tiles of eight and of six rows, and a sum that is long beside what is done once. */
    private static final int TRIAL_ROWS = 36;

    private static final int TRIAL_INNER = 256;
    private static final int TRIALS = 100;

    private final PlainKernels plain = new PlainKernels(new Threads(1));
    private final List<? extends PlainKernels> candidates;
    private final Block x = block(COLUMNS);
    private final Block dense = block(COLUMNS);
    private final Block apart = block(COLUMNS + 1).columns(1, COLUMNS + 1);
    private final Block left = block(INNER);
    private final Block leftTransposed = Block.of(left.data(), INNER, ROWS).transposed();
    private final Block scale = block(1);
    private final Panels right;
    private final List<Runnable> pieces = new ArrayList<>();

    /** The best time of the plain product: it begins slow too. */
    private long reference = Long.MAX_VALUE;

    /** To compile these kernels, which differ in nothing but the form of their products. */
    WarmUp(List<? extends PlainKernels> candidates) {
        this.candidates = candidates;
        Block matrix = Block.of(new float[INNER * COLUMNS], INNER, COLUMNS);
        right = Panels.of(matrix, new float[Panels.size(matrix)]);
        for (PlainKernels candidate : candidates) {
            pieces.add(() -> products(candidate, left));
            pieces.add(() -> products(candidate, leftTransposed));
        }
        pieces.add(this::rowByRow);
        add((k, y) -> k.exp(x, y));
        add((k, y) -> k.tanh(x, y));
        add((k, y) -> k.sigmoid(x, y));
        add((k, y) -> k.tanhGradient(x, y, y));
        add((k, y) -> k.tanhGradient(x, x, y, y));
        add((k, y) -> k.sigmoidGradient(x, y, y));
        add((k, y) -> k.sigmoidGradient(x, x, y, y));
        add((k, y) -> k.plus(x, y, y));
        add((k, y) -> k.minus(x, y, y));
        add((k, y) -> k.times(x, y, y));
        add((k, y) -> k.addTimes(x, x, y));
        add((k, y) -> k.mix(x, x, y, y));
        add((k, y) -> k.addSoftmax(x, scale, scale, y));
        addRows((k, r) -> k.max(x, r));
        addRows((k, r) -> k.sumOfExp(x, r, 1f));
        pieces.add(() -> first().sum(left));
        pieces.add(() -> first().sumOfSquares(left));
        pieces.add(() -> first().isFinite(left.data(), 0, left.size()));
    }

    /** What is run. */
    List<Runnable> pieces() {
        return pieces;
    }

    private PlainKernels first() {
        return candidates.get(0);
    }

    private static Block block(int columns) {
        return Block.of(new float[ROWS * columns], ROWS, columns);
    }

    private void products(PlainKernels k, Block a) {
        k.multiply(a, right, dense);
        k.multiplyAdd(a, right, dense);
    }

    /** Products of single rows, as in streaming; as many as a product has rows, or they would be fast before they are compiled. */
    private void rowByRow() {
        for (int r = 0; r < ROWS; r++) {
            first().multiply(left.rows(r, r + 1), right, dense.rows(r, r + 1));
            first().multiplyAdd(left.rows(r, r + 1), right, dense.rows(r, r + 1));
        }
    }

    private void add(BiConsumer<PlainKernels, Block> kernel) {
        pieces.add(() -> {
            kernel.accept(first(), dense);
            kernel.accept(first(), apart);
        });
    }

    private void addRows(ObjIntConsumer<PlainKernels> kernel) {
        pieces.add(() -> {
            for (int r = 0; r < ROWS; r++) {
                kernel.accept(first(), r);
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
            for (Runnable piece : pieces) {
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

    /** The fastest of the candidates, once they are compiled. */
    PlainKernels fastest() {
        Block a = Block.of(new float[TRIAL_ROWS * TRIAL_INNER], TRIAL_ROWS, TRIAL_INNER);
        Block matrix = Block.of(new float[TRIAL_INNER * Panels.WIDTH], TRIAL_INNER, Panels.WIDTH);
        Panels b = Panels.of(matrix, new float[Panels.size(matrix)]);
        Block c = Block.of(new float[TRIAL_ROWS * Panels.WIDTH], TRIAL_ROWS, Panels.WIDTH);
        long[] best = new long[candidates.size()];
        Arrays.fill(best, Long.MAX_VALUE);
        // In turns, and the best of many: other programs use the cores too.
        for (int trial = 0; trial < TRIALS; trial++) {
            for (int i = 0; i < best.length; i++) {
                long begin = System.nanoTime();
                candidates.get(i).multiply(a, b, c);
                best[i] = Math.min(best[i], System.nanoTime() - begin);
            }
        }
        int fastest = 0;
        for (int i = 1; i < best.length; i++) {
            fastest = best[i] < best[fastest] ? i : fastest;
        }
        return candidates.get(fastest);
    }

    /**
     * Runs a piece beside two plain products, which are 24 multiply-adds for each element of a piece. Compiled, a piece is several times faster
     * than that; before, it is many times slower.
     *
     * @return what both took, in nanoseconds; 0 where the piece is fast
     */
    private long timeIfSlow(Runnable piece) {
        long begin = System.nanoTime();
        products(plain, left);
        long middle = System.nanoTime();
        piece.run();
        long end = System.nanoTime();
        reference = Math.min(reference, middle - begin);
        return end - middle <= reference ? 0 : end - begin;
    }
}
