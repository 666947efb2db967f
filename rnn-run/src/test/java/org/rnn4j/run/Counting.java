package org.rnn4j.run;

import java.util.List;
import java.util.Map;
import org.rnn4j.api.Ids;
import org.rnn4j.training.Baseline;
import org.rnn4j.training.Batch;
import org.rnn4j.training.Batches;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.data.DataSource;

/**
 * A data source for tests: ids that count in steps of one to three, and the next id to be predicted.
 *
 * @param rows N
 * @param steps T
 */
public record Counting(int rows, int steps) implements DataSource {
    private static final int VOCABULARY = 7;

    @Override
    public DataSet load() {
        return new DataSet() {
            @Override
            public Batches training() {
                return batches(20);
            }

            @Override
            public Batches validation() {
                return batches(3);
            }

            @Override
            public List<Baseline> baselines() {
                return List.of(
                        new Baseline("unigram, maximum likelihood", "bits per character", 2.8),
                        new Baseline("majority", "accuracy", 0.2));
            }

            @Override
            public Map<String, Integer> sizes() {
                return Map.of("vocabulary", VOCABULARY);
            }

            @Override
            public String fingerprint() {
                return "counting-" + rows + "-" + steps;
            }
        };
    }

    private Batches batches(long perEpoch) {
        return new Batches() {
            @Override
            public long perEpoch() {
                return perEpoch;
            }

            @Override
            public Batch batch(long number) {
                int[][] x = new int[rows][steps];
                int[][] target = new int[rows][steps];
                for (int n = 0; n < rows; n++) {
                    int stride = n % 3 + 1;
                    for (int t = 0; t < steps; t++) {
                        long position = number % perEpoch * steps + t;
                        x[n][t] = (int) (position * stride % VOCABULARY);
                        target[n][t] = (int) ((position + 1) * stride % VOCABULARY);
                    }
                }
                return Batch.of(Ids.of(x), Ids.of(target));
            }
        };
    }
}
