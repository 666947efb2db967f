package org.rnn4j.training.data;

import java.util.Arrays;
import java.util.Comparator;
import org.rnn4j.api.Draws;

/**
 * Batches of many sequences, with sequences of similar length together so that there is little padding.
 *
 * <p>An epoch: all sequences in the order of {@link Shuffle}; cut into pools of 64 batches; each pool sorted by length;
 * cut into batches of N; the batches in a shuffled order. Every sequence comes exactly once an epoch, and its neighbours
 * differ from epoch to epoch (sorting everything at once would keep them). If N does not divide the number of sequences,
 * one batch of the epoch has fewer rows.
 *
 * <p>A batch is a function of (seed, number). The order of the epoch asked for last is kept, so that an epoch costs one sort;
 * safe for use by several threads.
 */
final class Bucketed implements Order {

    /** Larger pools pad less and mix less. */
    private static final int BATCHES_IN_POOL = 64;

    private final int[] lengths;
    private final int rows;
    private final long seed;
    /** Only a cache; a lost race costs a sort and changes nothing. */
    private volatile Epoch latest;

    private record Epoch(long number, int[][] batches) {}

    /**
     * Prepares the batches of some sequences.
     *
     * @param lengths the length of each sequence; copied
     * @param rows N, how many sequences are in a batch
     * @param seed what the order depends on, together with the epoch
     * @throws IllegalArgumentException if there is no sequence, or one of them is empty
     */
    Bucketed(int[] lengths, int rows, long seed) {
        if (rows < 1) {
            throw new IllegalArgumentException("batches of " + rows + " rows: expected at least 1");
        }
        if (lengths.length == 0) {
            throw new IllegalArgumentException("no sequences: expected at least 1");
        }
        for (int i = 0; i < lengths.length; i++) {
            if (lengths[i] < 1) {
                throw new IllegalArgumentException(
                        "sequence " + i + " has length " + lengths[i] + ": expected at least 1");
            }
        }
        this.lengths = lengths.clone();
        this.rows = rows;
        this.seed = seed;
    }

    @Override
    public long perEpoch() {
        return (lengths.length + (long) rows - 1) / rows;
    }

    @Override
    public int[] members(long batch) {
        if (batch < 0) {
            throw new IllegalArgumentException("batch " + batch + ": expected 0 or more");
        }
        long number = batch / perEpoch();
        Epoch epoch = latest;
        if (epoch == null || epoch.number != number) {
            epoch = order(number);
            latest = epoch;
        }
        return epoch.batches[(int) (batch % perEpoch())].clone();
    }

    @Override
    public Order unsorted() {
        return new Shuffled(lengths.length, rows, seed);
    }

    private Epoch order(long number) {
        Draws draws = Draws.of(seed);
        int[] order = Shuffle.permutation(draws.at("sequences").at(number), lengths.length);
        int batches = (int) perEpoch();
        int[] places = Shuffle.permutation(draws.at("batches").at(number), batches);
        long poolSize = (long) BATCHES_IN_POOL * rows;
        int[][] result = new int[batches][];
        int batch = 0;
        for (long from = 0; from < order.length; from += poolSize) {
            int to = (int) Math.min(order.length, from + poolSize);
            // A stable sort: among equal lengths the shuffled order stays.
            int[] pool = Arrays.stream(order, (int) from, to)
                    .boxed()
                    .sorted(Comparator.comparingInt(i -> lengths[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            int size = Math.min(rows, pool.length);
            for (int n = 0; n < pool.length; n += size) {
                result[places[batch++]] = Arrays.copyOfRange(pool, n, Math.min(n + size, pool.length));
            }
        }
        return new Epoch(number, result);
    }
}
