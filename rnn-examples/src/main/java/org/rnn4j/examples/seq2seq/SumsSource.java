package org.rnn4j.examples.seq2seq;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Spec;
import org.rnn4j.training.data.DataSource;
import org.rnn4j.training.text.PairsData;
import org.rnn4j.training.text.Reading;

/**
 * Sums of two numbers of up to three digits, {@code 57+5} and {@code 62}, that all differ from each other.
 *
 * <pre>
 * data: {type: examples.Sums, train: 45000, judged: 5000, reading: reversed, rows: 128, seed: $seed}
 * </pre>
 *
 * @param train how many are learnt
 * @param judged how many there are to choose by, and how many more to judge by
 * @param reading from where a sum is read; from its beginning where left out
 * @param rows N, how many are in a batch
 * @param seed what the sums and their order depend on
 */
public record SumsSource(int train, int judged, Reading reading, int rows, long seed) implements DataSource {
    private static final int[] LIMITS = {10, 100, 1000};

    /** Checks the values. */
    public SumsSource {
        Spec.atLeast(1, "train", train);
        Spec.atLeast(1, "judged", judged);
        Spec.atLeast(1, "rows", rows);
        reading = reading == null ? Reading.FORWARD : reading;
    }

    /** The sums in random order. */
    Pairs pairs() {
        Draws draws = Draws.of(seed).at("sums");
        Set<Pairs.Pair> sums = new LinkedHashSet<>();
        for (long i = 0; sums.size() < train + 2 * judged; i++) {
            int a = number(draws.at("a").at(i));
            int b = number(draws.at("b").at(i));
            sums.add(new Pairs.Pair(a + "+" + b, Integer.toString(a + b)));
        }
        return new Pairs(List.copyOf(sums), train, reading, rows, seed);
    }

    /** Of one to three digits, each as often as the others, as in the book's data. */
    private static int number(Draws draws) {
        return draws.below(1, LIMITS[draws.below(0, LIMITS.length)]);
    }

    @Override
    public PairsData load() {
        Pairs pairs = pairs();
        return pairs.data(pairs.validation());
    }

    @Override
    public PairsData test() {
        Pairs pairs = pairs();
        return pairs.data(pairs.test());
    }
}
