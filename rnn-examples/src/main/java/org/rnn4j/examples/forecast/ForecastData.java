package org.rnn4j.examples.forecast;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Spans;
import org.rnn4j.core.Tensors;
import org.rnn4j.training.Baseline;
import org.rnn4j.training.Batch;
import org.rnn4j.training.Batches;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.data.Fingerprint;
import org.rnn4j.training.data.RepeatLast;
import org.rnn4j.training.data.SeasonalNaive;
import org.rnn4j.training.data.SeriesForecast;
import org.rnn4j.training.data.Shuffle;
import org.rnn4j.training.data.Span;
import org.rnn4j.training.metric.Mase;

/**
 * A seasonal series for a network that learns by how much a naive forecast is wrong.
 *
 * <pre>
 * x[t]      = y[t] - y[t-1],  y[t] - y[t-m],  and for h = 1 … K  s(t,h) - y[t]
 * target[t] = y[t+h] - base(t,h)   for h = 1 … H
 *
 * m the period, s the seasonal naive forecast, K the smaller of H and m - 1: behind that, s says nothing new
 * x (N,T,2+K), each column with mean 0 and deviation 1; targets (N,T,H), whose mean magnitude is 1: both as measured on the training part
 * </pre>
 *
 * <p>So no input and no target depends on the level of the series, which in the judged part may be one that the training part never had.
 * {@link org.rnn4j.training.data.SeriesData} gives a network the scaled values themselves.
 */
final class ForecastData implements DataSet {
    private final Series series;
    private final Span training;
    private final Span judged;
    private final View view;
    private final long seed;

    private final double[] y;
    private final float[][] inputs; // by t - period
    private final double unit;

    /**
     * What is to be learnt.
     *
     * @param scale how values are seen
     * @param base the forecast whose errors are learnt
     */
    record View(Scale scale, SeriesForecast base) {
        @Override
        public String toString() {
            return (scale == Scale.LOG ? "logarithms, " : "values, ") + "difference from " + base.label();
        }
    }

    /**
     * Prepares a series.
     *
     * @param training where all forecasts and what they are compared with lie; what is scaled is scaled by this part alone
     * @param judged the part that forecasts are compared with, behind the training part
     */
    ForecastData(Series series, Span training, Span judged, View view, long seed) {
        if (training.length() < series.period() + series.steps() + series.horizon()) {
            throw new IllegalArgumentException(series.name() + ": " + training.length()
                    + " values to train on, expected at least a period of " + series.period() + ", a window of "
                    + series.steps() + " and a horizon of " + series.horizon());
        }
        this.series = series;
        this.training = training;
        this.judged = judged;
        this.view = view;
        this.seed = seed;
        this.y = Arrays.stream(series.values()).map(view.scale()::of).toArray();
        this.inputs = inputs();
        this.unit = unit();
    }

    /** The series as it is. */
    Series series() {
        return series;
    }

    /** How many numbers a step has. */
    int width() {
        return 2 + Math.min(series.horizon(), series.period() - 1);
    }

    private float[][] inputs() {
        int period = series.period();
        SeriesForecast seasonal = new SeasonalNaive(period);
        double[][] raw = new double[y.length - period][width()];
        for (int i = 0; i < raw.length; i++) {
            int t = i + period;
            raw[i][0] = y[t] - y[t - 1];
            raw[i][1] = y[t] - y[t - period];
            for (int h = 1; h <= width() - 2; h++) {
                raw[i][h + 1] = seasonal.forecast(y, t + 1, h) - y[t];
            }
        }
        float[][] scaled = new float[raw.length][width()];
        int learnt = training.to() - period;
        for (int column = 0; column < width(); column++) {
            int c = column;
            double mean = Arrays.stream(raw, 0, learnt)
                    .mapToDouble(x -> x[c])
                    .average()
                    .orElseThrow();
            double deviation = Math.sqrt(Arrays.stream(raw, 0, learnt)
                    .mapToDouble(x -> (x[c] - mean) * (x[c] - mean))
                    .average()
                    .orElseThrow());
            for (int i = 0; i < raw.length; i++) {
                scaled[i][c] = (float) ((raw[i][c] - mean) / deviation);
            }
        }
        return scaled;
    }

    /** The mean magnitude of what is to be learnt. */
    private double unit() {
        double sum = 0;
        long count = 0;
        for (int t = series.period(); t + series.horizon() < training.to(); t++) {
            for (int h = 1; h <= series.horizon(); h++) {
                sum += Math.abs(y[t + h] - view.base().forecast(y, t + 1, h));
                count++;
            }
        }
        return sum / count;
    }

    /** What the model's number {@code output} for h steps behind t means. */
    double value(int t, int h, double output) {
        return view.scale().back(view.base().forecast(y, t + 1, h) + output * unit);
    }

    /** The points with a forecast that lies in the judged part alone, in order. */
    Span origins() {
        return new Span(judged.from() - 1, judged.to() - series.horizon());
    }

    /** The mean absolute scaled error, with the season of the training part as its unit. */
    Mase metric() {
        return Mase.of(Arrays.copyOf(series.values(), training.to()), series.period());
    }

    /** The values of the training part, as the view sees them. */
    double[] learnt() {
        return Arrays.copyOf(y, training.to());
    }

    /** The MASE on the judged part of a forecast of what the view sees. */
    double mase(SeriesForecast forecast) {
        SeriesForecast ofValues = new SeriesForecast() {
            @Override
            public String label() {
                return forecast.label();
            }

            @Override
            public double forecast(double[] values, int known, int ahead) {
                return view.scale().back(forecast.forecast(y, known, ahead));
            }
        };
        Span known = new Span(judged.from() - 1, judged.to());
        return ofValues.score(series.values(), known, series.horizon(), metric())
                .value();
    }

    @Override
    public Batches training() {
        int first = series.period();
        int count = training.to() - series.horizon() - series.steps() - first + 1;
        int perEpoch = (count + series.rows() - 1) / series.rows();
        return new Batches() {
            @Override
            public long perEpoch() {
                return perEpoch;
            }

            @Override
            public Batch batch(long number) {
                int[] order = Shuffle.permutation(Draws.of(seed).at("windows").at(number / perEpoch), count);
                int from = (int) (number % perEpoch) * series.rows();
                int[] starts = Arrays.stream(order, from, Math.min(count, from + series.rows()))
                        .map(start -> first + start)
                        .toArray();
                return window(starts, series.steps());
            }
        };
    }

    /** One window from the first point with inputs to the last origin, so that a state knows everything before; judged by its loss. */
    @Override
    public Batches validation() {
        return new Batches() {
            @Override
            public long perEpoch() {
                return 1;
            }

            @Override
            public Batch batch(long number) {
                return window(new int[] {series.period()}, origins().to() - series.period());
            }
        };
    }

    private Batch window(int[] starts, int steps) {
        int horizon = series.horizon();
        float[] x = new float[starts.length * steps * width()];
        float[] target = new float[starts.length * steps * horizon];
        boolean[] resets = new boolean[starts.length];
        Arrays.fill(resets, true);
        for (int n = 0; n < starts.length; n++) {
            for (int i = 0; i < steps; i++) {
                int t = starts[n] + i;
                int row = n * steps + i;
                System.arraycopy(inputs[t - series.period()], 0, x, row * width(), width());
                for (int h = 1; h <= horizon; h++) {
                    target[row * horizon + h - 1] =
                            (float) ((y[t + h] - view.base().forecast(y, t + 1, h)) / unit);
                }
            }
        }
        return Batch.of(
                        Tensors.of(Shape.of(starts.length, steps, width()), x),
                        Tensors.of(Shape.of(starts.length, steps, horizon), target))
                .with(Spans.full().beginningAtStart(resets));
    }

    @Override
    public List<Baseline> baselines() {
        return List.of(
                new Baseline(new RepeatLast().label(), metric().label(), mase(new RepeatLast())),
                new Baseline("seasonal naive", metric().label(), mase(new SeasonalNaive(series.period()))));
    }

    @Override
    public Map<String, Integer> sizes() {
        return Map.of("inputs", width(), "horizon", series.horizon());
    }

    @Override
    public String fingerprint() {
        return new Fingerprint()
                .add("forecast")
                .add(series.values())
                .add(view.toString())
                .add(training.to(), judged.from(), judged.to(), series.steps(), series.horizon(), seed)
                .digits();
    }
}
