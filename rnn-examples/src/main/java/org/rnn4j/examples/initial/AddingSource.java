package org.rnn4j.examples.initial;

import org.rnn4j.api.Draws;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Spec;
import org.rnn4j.core.Tensors;
import org.rnn4j.training.Batch;
import org.rnn4j.training.Batches;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.data.DataSource;
import org.rnn4j.training.data.Fingerprint;

/**
 * The adding problem: the sum of the two numbers that are marked, one in each half of a sequence (Hochreiter and Schmidhuber, 1997, experiment 4; in the
 * form of Le et al., 2015). Every batch is of new numbers.
 *
 * <pre>
 * data: {type: examples.Adding, rows: 50, steps: 30, seed: $seed}
 * </pre>
 *
 * @param rows N, how many sequences are in a batch
 * @param steps T, how many numbers a sequence has
 * @param seed what the numbers depend on
 */
public record AddingSource(int rows, int steps, long seed) implements DataSource {
    private static final int PER_EPOCH = 1000; // no epoch is like another, so any number will do
    private static final int JUDGED = 1000;

    /** Checks the values. */
    public AddingSource {
        Spec.atLeast(1, "rows", rows);
        Spec.atLeast(2, "steps", steps);
    }

    @Override
    public DataSet load() {
        return new Sequences(this);
    }

    private Batches batches(Draws draws, int count, long perEpoch) {
        return new Batches() {
            @Override
            public long perEpoch() {
                return perEpoch;
            }

            @Override
            public Batch batch(long number) {
                return AddingSource.this.batch(draws.at(number), count);
            }
        };
    }

    private Batch batch(Draws draws, int count) {
        float[] x = new float[count * steps * 2];
        float[] sums = new float[count];
        boolean[] resets = new boolean[count];
        for (int n = 0; n < count; n++) {
            Draws ofRow = draws.at(n);
            resets[n] = true;
            for (int t = 0; t < steps; t++) {
                x[(n * steps + t) * 2] = (float) ofRow.uniform(t);
            }
            for (int half = 0; half < 2; half++) {
                int marked = n * steps + half * steps / 2 + ofRow.below(steps + half, steps / 2);
                x[marked * 2 + 1] = 1;
                sums[n] += x[marked * 2];
            }
        }
        return Batch.of(Tensors.of(Shape.of(count, steps, 2), x), Tensors.of(Shape.of(count, 1), sums))
                .with(Spans.full().beginningAtStart(resets));
    }

    /**
     * Sequences without an end.
     *
     * @param source what they are like
     */
    private record Sequences(AddingSource source) implements DataSet {
        @Override
        public Batches training() {
            return source.batches(Draws.of(source.seed).at("training"), source.rows, PER_EPOCH);
        }

        @Override
        public Batches validation() {
            return source.batches(Draws.of(source.seed).at("validation"), JUDGED, 1);
        }

        @Override
        public String fingerprint() {
            return new Fingerprint()
                    .add("adding")
                    .add(source.rows, source.steps, source.seed)
                    .digits();
        }
    }
}
