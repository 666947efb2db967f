package org.rnn4j.examples.seq2seq;

import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Spec;
import org.rnn4j.training.data.DataSource;
import org.rnn4j.training.text.PairsData;
import org.rnn4j.training.text.Reading;

/**
 * Days from 1970 on as people write them and as {@code 1994-09-27}; no day is written twice in the same way. They are read from their end.
 *
 * <pre>
 * data: {type: examples.Dates, train: 45000, judged: 5000, rows: 128, seed: $seed}
 * </pre>
 *
 * @param train how many are learnt
 * @param judged how many there are to choose by, and how many more to judge by
 * @param rows N, how many are in a batch
 * @param seed what the dates and their order depend on
 */
public record DatesSource(int train, int judged, int rows, long seed) implements DataSource {
    private static final LocalDate FIRST = LocalDate.of(1970, 1, 1);
    private static final int DAYS = 365 * 55;

    /** Checks the values. */
    public DatesSource {
        Spec.atLeast(1, "train", train);
        Spec.atLeast(1, "judged", judged);
        Spec.atLeast(1, "rows", rows);
    }

    /** The dates in random order. */
    Pairs pairs() {
        Draws draws = Draws.of(seed).at("dates");
        Set<Pairs.Pair> dates = new LinkedHashSet<>();
        for (long i = 0; dates.size() < train + 2 * judged; i++) {
            Draws ofOne = draws.at(i);
            LocalDate date = FIRST.plusDays(ofOne.below(0, DAYS));
            List<String> forms = forms(date);
            dates.add(new Pairs.Pair(forms.get(ofOne.below(1, forms.size())), date.toString()));
        }
        return new Pairs(List.copyOf(dates), train, Reading.REVERSED, rows, seed);
    }

    /** A date as people write it in English; names come from the JDK's own enums and so are the same in every version of it. */
    static List<String> forms(LocalDate date) {
        String month = date.getMonth().name().toLowerCase(Locale.ROOT);
        String weekday = date.getDayOfWeek().name().toLowerCase(Locale.ROOT);
        String title = month.substring(0, 1).toUpperCase(Locale.ROOT) + month.substring(1);
        int day = date.getDayOfMonth();
        int year = date.getYear();
        return List.of(
                weekday + ", " + month + " " + day + ", " + year,
                title + " " + day + ", " + year,
                title.substring(0, 3) + " " + day + ", " + year,
                day + " " + title + " " + year,
                day + " " + month.substring(0, 3) + " " + year,
                title.toUpperCase(Locale.ROOT) + " " + day + ", " + year,
                String.format(Locale.ROOT, "%d/%d/%02d", date.getMonthValue(), day, year % 100));
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
