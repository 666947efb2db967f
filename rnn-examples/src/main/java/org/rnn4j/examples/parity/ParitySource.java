package org.rnn4j.examples.parity;

import java.util.Arrays;
import java.util.List;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Spec;
import org.rnn4j.training.Baseline;
import org.rnn4j.training.Batch;
import org.rnn4j.training.Batches;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.data.DataSource;
import org.rnn4j.training.data.Fingerprint;
import org.rnn4j.training.data.SequenceBatches;
import org.rnn4j.training.metric.ComparisonMetric;

/**
 * Random strings of bits, and whether they have an odd number of ones. Every batch is of new strings, so that there is nothing to learn by heart.
 *
 * <pre>
 * data: {type: examples.Parity, shortest: 2, longest: 20, rows: 64, seed: $seed}
 * </pre>
 *
 * @param shortest how many bits a string has at least
 * @param longest how many bits a string has at most
 * @param rows N, how many strings are in a batch
 * @param seed what the strings depend on
 */
public record ParitySource(int shortest, int longest, int rows, long seed) implements DataSource {
    private static final int JUDGED = 1000;
    private static final int PER_EPOCH = 1000; // no epoch is like another, so any number will do

    /** Checks the values. */
    public ParitySource {
        Spec.atLeast(1, "shortest", shortest);
        Spec.atLeast(shortest, "longest", longest);
        Spec.atLeast(1, "rows", rows);
    }

    @Override
    public DataSet load() {
        return new Strings(this);
    }

    /** Strings of so many bits, to judge by. */
    Batches test(int bits) {
        return batches(Draws.of(seed).at("test").at(bits), JUDGED, bits, bits);
    }

    /** Random strings, each as often odd as even, and whether they are odd. */
    private Batches batches(Draws draws, int count, int shortest, int longest) {
        int[][] strings = new int[count][];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            Draws ofOne = draws.at(i);
            int length = shortest + ofOne.below(0, longest - shortest + 1);
            strings[i] = new int[length];
            for (int t = 0; t < length; t++) {
                strings[i][t] = ofOne.below(t + 1L, 2);
            }
            labels[i] = Arrays.stream(strings[i]).sum() % 2;
        }
        return SequenceBatches.ofLabels(strings, labels, rows, 1);
    }

    /**
     * Strings without an end.
     *
     * @param source what they are like
     */
    private record Strings(ParitySource source) implements DataSet {
        @Override
        public Batches training() {
            Draws draws = Draws.of(source.seed).at("training");
            return new Batches() {
                @Override
                public long perEpoch() {
                    return PER_EPOCH;
                }

                @Override
                public Batch batch(long number) {
                    return source.batches(draws.at(number), source.rows, source.shortest, source.longest)
                            .batch(0);
                }
            };
        }

        @Override
        public Batches validation() {
            return source.batches(Draws.of(source.seed).at("validation"), JUDGED, source.shortest, source.longest);
        }

        @Override
        public List<Baseline> baselines() {
            return List.of(new Baseline("chance", ComparisonMetric.ACCURACY.label(), 0.5));
        }

        @Override
        public String fingerprint() {
            return new Fingerprint()
                    .add("parity")
                    .add(source.shortest, source.longest, source.rows, source.seed)
                    .digits();
        }
    }
}
