package org.rnn4j.training.data;

import org.rnn4j.api.Spans;
import org.rnn4j.training.Batch;
import org.rnn4j.training.Batches;

/**
 * A part of a numeric series from beginning to end, in one row, split into consecutive windows: a stateful model reads it as one sequence. Every
 * value but the first H is the target of a forecast of each range exactly once.
 */
final class SeriesStream implements Batches {
    private final double[] series;
    private final Span part;
    private final int steps;
    private final int horizon;

    SeriesStream(double[] series, Span part, int steps, int horizon) {
        if (part.length() < horizon + 1L) {
            throw new IllegalArgumentException("series part [" + part.from() + ", " + part.to()
                    + "): expected at least " + (horizon + 1L) + " values, one and a horizon of " + horizon);
        }
        this.series = series;
        this.part = part;
        this.steps = steps;
        this.horizon = horizon;
    }

    /** How many values are followed by H others. */
    private int positions() {
        return part.length() - horizon;
    }

    @Override
    public long perEpoch() {
        return (positions() + (long) steps - 1) / steps;
    }

    @Override
    public Batch batch(long number) {
        if (number < 0) {
            throw new IllegalArgumentException("batch " + number + ": expected 0 or more");
        }
        int offset = (int) (number % perEpoch()) * steps;
        int[] start = {part.from() + offset};
        return SlidingWindows.batch(series, start, Math.min(steps, positions() - offset), horizon)
                .with(Spans.full().beginningAtStart(offset == 0));
    }
}
