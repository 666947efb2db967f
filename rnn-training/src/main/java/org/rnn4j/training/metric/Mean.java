package org.rnn4j.training.metric;

/**
 * A running mean: windows and batches are weighted by their number of valid positions.
 *
 * <p>The sum is exact and rounded once, in {@link #value}: the same calls in any order give the same bits. Not thread-safe.
 */
public final class Mean {

    private final ExactSum sum = new ExactSum();
    private long count;

    /** Begins with no positions. */
    public Mean() {}

    /**
     * Adds the mean over some positions.
     *
     * @param mean their mean; ignored if there are none
     * @param positions how many they are, 0 or more
     */
    public void add(double mean, long positions) {
        if (positions < 0) {
            throw new IllegalArgumentException("mean over " + positions + " positions: expected 0 or more");
        }
        if (positions > 0) {
            sum.add(mean * positions);
            count += positions;
        }
    }

    /**
     * Returns the mean over all positions so far.
     *
     * @throws IllegalStateException if there are none
     */
    public double value() {
        if (count == 0) {
            throw new IllegalStateException("mean over no positions: expected at least 1");
        }
        return sum.value() / count;
    }

    /** Returns the number of positions so far. */
    public long count() {
        return count;
    }

    @Override
    public String toString() {
        return count == 0 ? "mean over no positions" : value() + " over " + count + " positions";
    }
}
