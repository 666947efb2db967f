package org.rnn4j.training.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.rnn4j.training.Baseline;
import org.rnn4j.training.Batches;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.metric.ComparisonMetric;
import org.rnn4j.training.metric.Mase;
import org.rnn4j.training.metric.Metric;
import org.rnn4j.training.metric.Smape;
import org.rnn4j.training.metric.TermMetric;

/**
 * A numeric series to forecast: at every step, the next H values from the previous ones.
 *
 * <p>All numbers are scaled: {@code (value - mean) / deviation} with the mean and the deviation of the training part only, so that no information
 * about the validation part leaks. Losses, metrics and baselines are in that scale too: a mean squared error of 1 is the variance of the
 * training part, and a mean absolute error of 1 its deviation. {@link #metrics} has two that do not depend on the scale.
 *
 * <p>Training uses {@link SlidingWindows}. Validation reads its part once from beginning to end in windows of T steps, which a stateful model reads
 * as one sequence; baselines forecast the same values.
 *
 * <pre>{@code
 * Split split = Split.contiguous(values.length, 0.8, 0.1);
 * DataSet data = new SeriesData(values, split, new SlidingWindows.Cut(16, 48, 1, 1), List.of(new RepeatLast()), 1);
 * }</pre>
 */
public final class SeriesData implements DataSet {
    private final double mean;
    private final double deviation;
    private final Batches training;
    private final Batches validation;
    private final List<Metric> metrics;
    private final List<Baseline> baselines;
    private final Map<String, Integer> sizes;
    private final String fingerprint;

    /**
     * Scales and splits a series.
     *
     * @param values the series; not modified
     * @param split its training and its validation part; the test part is not used
     * @param cut how the windows of the training part are cut; those of the validation part have the same steps and horizon
     * @param forecasts the baselines
     * @param seed what the order of the training windows depends on
     * @throws IllegalArgumentException if a part is too short for one window, the training part is constant, or values are so large that scaled ones
     *     are infinite
     */
    public SeriesData(double[] values, Split split, SlidingWindows.Cut cut, List<SeriesForecast> forecasts, long seed) {
        Span train = split.train();
        double sum = 0;
        for (int i = train.from(); i < train.to(); i++) {
            sum += values[i];
        }
        mean = sum / train.length();
        double squares = 0;
        for (int i = train.from(); i < train.to(); i++) {
            squares += (values[i] - mean) * (values[i] - mean);
        }
        deviation = Math.sqrt(squares / train.length());
        double[] scaled = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            scaled[i] = scale(values[i]);
        }
        training = DataSource.named("training part", () -> new SlidingWindows(scaled, train, cut, seed));
        validation = DataSource.named(
                "validation part", () -> new SeriesStream(scaled, split.validation(), cut.steps(), cut.horizon()));
        if (!Double.isFinite(deviation)) {
            throw new IllegalArgumentException("training part: the variance of its " + train.length()
                    + " values is too large for a number, expected values in a larger unit");
        }
        if (!(deviation > 0)) {
            throw new IllegalArgumentException(
                    "training part: all " + train.length() + " values are " + mean + ", expected values that vary");
        }
        for (int i = 0; i < split.validation().to(); i++) {
            if (!Float.isFinite((float) scaled[i])) {
                throw new IllegalArgumentException("value " + (i + 1) + " is " + values[i]
                        + ", too far from the training part's mean, " + mean + ", and deviation, " + deviation
                        + ", to be scaled");
            }
        }
        List<TermMetric> scaleFree = scaleFree(Arrays.copyOfRange(scaled, train.from(), train.to()), forecasts);
        metrics = List.copyOf(scaleFree);
        List<TermMetric> judges = new ArrayList<>(List.of(ComparisonMetric.MSE, ComparisonMetric.MAE));
        judges.addAll(scaleFree);
        List<Baseline> all = new ArrayList<>();
        for (TermMetric metric : judges) {
            for (SeriesForecast forecast : forecasts) {
                double score = forecast.score(scaled, split.validation(), cut.horizon(), metric)
                        .value();
                all.add(new Baseline(forecast.label(), metric.label(), score));
            }
        }
        baselines = List.copyOf(all);
        sizes = Map.of("horizon", cut.horizon());
        fingerprint = new Fingerprint()
                .add("series")
                .add(values)
                .add(
                        train.from(),
                        train.to(),
                        split.validation().from(),
                        split.validation().to())
                .add(cut.rows(), cut.steps(), cut.horizon(), cut.stride(), seed)
                .digits();
    }

    /** Those that do not depend on the model's scale; MASE only if the training part does not repeat a season exactly. */
    private List<TermMetric> scaleFree(double[] training, List<SeriesForecast> forecasts) {
        // As the model sees it: where the series is 0, its target is this very number.
        Smape smape = new Smape((float) scale(0));
        int period = forecasts.stream()
                .mapToInt(forecast -> forecast instanceof SeasonalNaive naive ? naive.period() : 1)
                .max()
                .orElse(1);
        for (int t = period; t < training.length; t++) {
            if (training[t] != training[t - period]) {
                return List.of(Mase.of(training, period), smape);
            }
        }
        return List.of(smape);
    }

    /** Converts a value of the series to the model's scale. */
    public double scale(double value) {
        return (value - mean) / deviation;
    }

    /** Converts the model's number to a value of the series. */
    public double unscale(double number) {
        return number * deviation + mean;
    }

    @Override
    public Batches training() {
        return training;
    }

    @Override
    public Batches validation() {
        return validation;
    }

    @Override
    public List<Baseline> baselines() {
        return baselines;
    }

    /**
     * {@code MASE}, with the longest season of the forecasts as its period, or 1; and {@code sMAPE} of the values as they were before they
     * were scaled.
     */
    @Override
    public List<Metric> metrics() {
        return metrics;
    }

    /** {@code horizon}: the number of outputs of the model at each step. */
    @Override
    public Map<String, Integer> sizes() {
        return sizes;
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }
}
