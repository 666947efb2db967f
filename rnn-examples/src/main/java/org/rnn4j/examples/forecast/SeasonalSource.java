package org.rnn4j.examples.forecast;

import com.github.signaflo.timeseries.TestData;
import java.util.List;
import org.rnn4j.api.Spec;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.data.DataSource;
import org.rnn4j.training.data.RepeatLast;
import org.rnn4j.training.data.SeasonalNaive;
import org.rnn4j.training.data.SeriesForecast;
import org.rnn4j.training.data.Span;

/**
 * A seasonal series, for a network that learns by how much a naive forecast is wrong; see {@link ForecastData}. Four fifths are learnt, the last sixth of
 * them is what is chosen by, and the last fifth what is judged by.
 *
 * <pre>
 * data: {type: examples.Seasonal, series: beer, period: 4, horizon: 8, rows: 16, steps: 24, seed: $seed}
 * </pre>
 *
 * @param series its name: {@code internet traffic} or {@code beer}, of com.github.signaflo's timeseries, where {@code values} is left out
 * @param values those of another series
 * @param period how many values a season has
 * @param horizon H, how many values are forecast from a point
 * @param rows N, how many windows are in a batch
 * @param steps T, how many points a window has
 * @param scale how values are seen; as they are where left out
 * @param base the forecast whose errors are learnt; repeat-last where left out
 * @param whole whether the part to choose by is learnt too, and the test part judged; false where left out
 * @param seed what the order of the windows depends on
 */
public record SeasonalSource(
        String series,
        List<Double> values,
        int period,
        int horizon,
        int rows,
        int steps,
        Scale scale,
        Base base,
        Boolean whole,
        long seed)
        implements DataSource {
    private static final double TRAINING = 0.8;
    private static final double FITTED = 5.0 / 6; // of the training part, while choosing

    /** A naive forecast. */
    public enum Base {
        /** That nothing changes. */
        REPEAT_LAST,
        /** That the last season repeats. */
        SEASONAL_NAIVE
    }

    /** Checks the values, and says the defaults. */
    public SeasonalSource {
        if (series == null) {
            throw new IllegalArgumentException("series is left out, expected its name");
        }
        Spec.atLeast(1, "period", period);
        Spec.atLeast(1, "horizon", horizon);
        Spec.atLeast(1, "rows", rows);
        Spec.atLeast(1, "steps", steps);
        values = values == null ? null : List.copyOf(values);
        scale = scale == null ? Scale.PLAIN : scale;
        base = base == null ? Base.REPEAT_LAST : base;
        whole = whole != null && whole;
    }

    /** The series itself. */
    Series whatIsForecast() {
        return new Series(series, numbers(), period, horizon, rows, steps);
    }

    private double[] numbers() {
        if (values != null) {
            return values.stream().mapToDouble(value -> value).toArray();
        }
        return switch (series) {
            case "internet traffic" -> TestData.internetTraffic.asArray();
            case "beer" -> TestData.ausbeer.asArray();
            default ->
                throw new IllegalArgumentException(
                        "series is " + series + ", expected internet traffic or beer, or values");
        };
    }

    /** What is to be learnt. */
    ForecastData.View view() {
        SeriesForecast naive = base == Base.REPEAT_LAST ? new RepeatLast() : new SeasonalNaive(period);
        return new ForecastData.View(scale, naive);
    }

    /** The part to learn in the end. */
    Span training() {
        return new Span(0, (int) Math.round(TRAINING * numbers().length));
    }

    /** The part to judge by, once. */
    Span judged() {
        return new Span(training().to(), numbers().length);
    }

    /** The front of the training part, which is learnt while the rest of it chooses. */
    Span fitted() {
        return new Span(0, (int) Math.round(FITTED * training().to()));
    }

    @Override
    public DataSet load() {
        return data();
    }

    /** The data of the view. */
    ForecastData data() {
        return whole
                ? new ForecastData(whatIsForecast(), training(), judged(), view(), seed)
                : new ForecastData(
                        whatIsForecast(),
                        fitted(),
                        new Span(fitted().to(), training().to()),
                        view(),
                        seed);
    }
}
