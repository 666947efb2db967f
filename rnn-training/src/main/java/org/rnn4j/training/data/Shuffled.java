package org.rnn4j.training.data;

import java.util.Arrays;
import org.rnn4j.api.Draws;

/**
 * An epoch in the order of {@link Shuffle}, cut into batches of N, whatever the lengths. The order of the epoch asked for last is kept; safe for use by
 * several threads.
 */
final class Shuffled implements Order {
    private final int count;
    private final int rows;
    private final long seed;
    /** Only a memory of what can be computed again. */
    private volatile Epoch latest;

    private record Epoch(long number, int[] order) {}

    /** Of so many sequences, N in a batch. */
    Shuffled(int count, int rows, long seed) {
        this.count = count;
        this.rows = rows;
        this.seed = seed;
    }

    @Override
    public long perEpoch() {
        return (count + (long) rows - 1) / rows;
    }

    @Override
    public int[] members(long batch) {
        if (batch < 0) {
            throw new IllegalArgumentException("batch " + batch + ": expected 0 or more");
        }
        long number = batch / perEpoch();
        Epoch epoch = latest;
        if (epoch == null || epoch.number != number) {
            epoch = new Epoch(
                    number, Shuffle.permutation(Draws.of(seed).at("order").at(number), count));
            latest = epoch;
        }
        int first = (int) (batch % perEpoch()) * rows;
        return Arrays.copyOfRange(epoch.order, first, (int) Math.min(count, first + (long) rows));
    }

    @Override
    public Order unsorted() {
        return this;
    }
}
