package acme.six;

import java.util.Map;
import org.rnn4j.api.Ids;
import org.rnn4j.training.Batch;
import org.rnn4j.training.Batches;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.data.DataSource;

/** Ids 0, 1, 2, … and again from 0. */
public record Cycle(int length, int steps) implements DataSource {
    @Override
    public DataSet load() {
        return new DataSet() {
            @Override
            public Batches training() {
                return batches();
            }

            @Override
            public Batches validation() {
                return batches();
            }

            @Override
            public Map<String, Integer> sizes() {
                return Map.of("length", length);
            }

            @Override
            public String fingerprint() {
                return "cycle of " + length + " by " + steps;
            }
        };
    }

    private Batches batches() {
        return new Batches() {
            @Override
            public long perEpoch() {
                return 2;
            }

            @Override
            public Batch batch(long number) {
                int[] x = new int[steps];
                int[] target = new int[steps];
                for (int t = 0; t < steps; t++) {
                    x[t] = (int) ((number + t) % length);
                    target[t] = (x[t] + 1) % length;
                }
                return Batch.of(Ids.of(x), Ids.of(target));
            }
        };
    }
}
