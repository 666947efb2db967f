package org.rnn4j.training.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Spans;
import org.rnn4j.training.Batch;
import org.rnn4j.training.Batches;

/**
 * Windows for truncated back-propagation through time over one long sequence of ids.
 *
 * <p>With L ids there are L-1 pairs of an id and its successor. Row n of N begins at pair {@code n*(L-1)/N} and holds
 * {@code P = (L-1)/N} pairs, both rounded down. Window k of a row is its pairs {@code k*T .. k*T+T-1}: inputs {@code
 * ids[p..p+T)}, targets {@code ids[p+1..p+T+1)}. So each row reads a contiguous piece of the corpus, a window begins where
 * the one before it ended, and no window runs over the corpus end into its beginning.
 *
 * <p>When T does not divide P, the last window of an epoch is shorter, equally in all rows: every row's end is seen, and
 * the batch stays a rectangle. At most N-1 pairs per epoch are not used, those by which the pieces of some rows would be one longer than others.
 *
 * <p>The first window of every epoch resets all rows, since no row continues where its previous epoch ended. A window is a function of the step
 * number only, so a resumed run needs nothing else.
 *
 * <p>It keeps the given ids without a copy; thread-safe.
 */
public final class ContiguousBatches implements Batches {

    private final int[] ids;
    private final int rows;
    private final int steps;
    private final int pairsPerRow;

    /**
     * Cuts a sequence into rows and windows.
     *
     * @param ids the corpus; not modified, not copied
     * @param rows N, how many pieces are read side by side
     * @param steps T, how many time steps a window has
     * @throws IllegalArgumentException if one window does not fit: {@code N*T+1} ids are needed
     */
    public ContiguousBatches(int[] ids, int rows, int steps) {
        if (rows < 1 || steps < 1) {
            throw new IllegalArgumentException(
                    "windows of " + rows + " rows and " + steps + " steps: expected at least 1 of each");
        }
        long minimum = (long) rows * steps + 1;
        if (ids.length < minimum) {
            throw new IllegalArgumentException("corpus of " + ids.length + " ids is shorter than one window of " + rows
                    + " rows and " + steps + " steps: expected at least " + minimum + " ids (" + rows + " x " + steps
                    + " + 1)");
        }
        this.ids = ids;
        this.rows = rows;
        this.steps = steps;
        this.pairsPerRow = (ids.length - 1) / rows;
    }

    /** How many windows make an epoch, the last and perhaps shorter one included. */
    @Override
    public long perEpoch() {
        return (pairsPerRow + (long) steps - 1) / steps;
    }

    @Override
    public Batch batch(long number) {
        int window = (int) (checked(number) % perEpoch());
        int offset = window * steps;
        int length = Math.min(steps, pairsPerRow - offset);
        int[][] inputs = new int[rows][];
        int[][] targets = new int[rows][];
        for (int n = 0; n < rows; n++) {
            int p = start(n) + offset;
            inputs[n] = Arrays.copyOfRange(ids, p, p + length);
            targets[n] = Arrays.copyOfRange(ids, p + 1, p + length + 1);
        }
        boolean[] resets = new boolean[rows];
        Arrays.fill(resets, window == 0);
        return Batch.of(Ids.of(inputs), Ids.of(targets)).with(Spans.full().beginningAtStart(resets));
    }

    /** The positions of the ids that are targets, row by row. A baseline must be evaluated on these to be comparable. */
    public List<Span> targets() {
        return IntStream.range(0, rows)
                .mapToObj(n -> new Span(start(n) + 1, start(n) + 1 + pairsPerRow))
                .toList();
    }

    private int start(int row) {
        return (int) ((long) row * (ids.length - 1) / rows);
    }

    private static long checked(long number) {
        if (number < 0) {
            throw new IllegalArgumentException("batch " + number + ": expected 0 or more");
        }
        return number;
    }
}
