package org.rnn4j.training.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.rnn4j.api.Spec;
import org.rnn4j.core.Spelling;

/**
 * A numeric series from a text: one number a line, or one column of comma-separated values. See {@link SeriesData}.
 *
 * <pre>
 * data: {type: Series, file: traffic.csv, column: bits, rows: 16, steps: 48, period: 288}
 * </pre>
 *
 * @param resource see {@link Origin}
 * @param file see {@link Origin}
 * @param column the name of the column, as the first line has it; if missing, each line is one number
 * @param rows N, how many windows are in a batch
 * @param steps T, how many values a window gives
 * @param horizon H, the number of values to predict at each step; 1 by default
 * @param stride the distance between the starts of two windows; 1 by default
 * @param period the length of a season, for the baseline that repeats the last one; without that baseline by default
 * @param train the training part's fraction; 0.8 by default
 * @param validation the validation part's fraction; 0.1 by default. The rest is for tests
 * @param seed what the order of the windows depends on; 1 by default
 */
public record SeriesSource(
        String resource,
        String file,
        String column,
        int rows,
        int steps,
        Integer horizon,
        Integer stride,
        Integer period,
        Double train,
        Double validation,
        Long seed)
        implements DataSource {
    /** In a message, of the names of columns. */
    private static final int LONGEST_LIST = 1000;

    /** Checks the values. */
    public SeriesSource {
        horizon = horizon == null ? 1 : horizon;
        stride = stride == null ? 1 : stride;
        train = train == null ? 0.8 : train;
        validation = validation == null ? 0.1 : validation;
        seed = seed == null ? 1L : seed;
        Origin.check(resource, file);
        Spec.atLeast(1, "rows", rows);
        Spec.atLeast(1, "steps", steps);
        Spec.atLeast(1, "horizon", horizon);
        Spec.atLeast(1, "stride", stride);
        Spec.atLeast(1, "period", period == null ? 1 : period);
        Split.check(train, validation);
    }

    @Override
    public SeriesData load() throws IOException {
        return load(UnaryOperator.identity());
    }

    @Override
    public SeriesData test() throws IOException {
        return load(Split::tested);
    }

    private SeriesData load(UnaryOperator<Split> judged) throws IOException {
        return new Origin(resource, file).load(text -> {
            double[] values = column == null ? numbers(text.text()) : column(text.text());
            Split split = judged.apply(Split.contiguous(values.length, train, validation));
            List<SeriesForecast> forecasts = new ArrayList<>();
            forecasts.add(new RepeatLast());
            if (period != null) {
                if (split.validation().from() < period) {
                    throw new IllegalArgumentException("period is " + period + ", but only "
                            + split.validation().from() + " values come before the validation part");
                }
                forecasts.add(new SeasonalNaive(period));
            }
            return new SeriesData(values, split, new SlidingWindows.Cut(rows, steps, horizon, stride), forecasts, seed);
        });
    }

    private static double[] numbers(String text) {
        List<String> lines = text.lines().toList();
        double[] values = new double[lines.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(i, lines.get(i));
        }
        return values;
    }

    private double[] column(String text) {
        List<String> lines = text.lines().toList();
        List<String> names = fields(lines.get(0));
        int index = names.indexOf(column);
        if (index < 0) {
            throw new IllegalArgumentException("column " + column + " is not among those that line 1 names, "
                    + Spelling.brief(String.join(", ", names), LONGEST_LIST) + Spelling.hint(column, names));
        }
        double[] values = new double[lines.size() - 1];
        for (int i = 0; i < values.length; i++) {
            List<String> fields = fields(lines.get(i + 1));
            if (fields.size() != names.size()) {
                throw new IllegalArgumentException("line " + (i + 2) + ": " + fields.size() + " values, expected "
                        + names.size() + " as in line 1");
            }
            values[i] = number(i + 1, fields.get(index));
        }
        return values;
    }

    private static double number(int line, String text) {
        double value;
        try {
            value = Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            value = Double.NaN;
        }
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "line " + (line + 1) + ": \"" + Spelling.brief(text) + "\", expected a finite number");
        }
        return value;
    }

    /** The fields of a line; a field in quotation marks may contain commas, and quotation marks in it are doubled. */
    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString().strip());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString().strip());
        return fields;
    }
}
