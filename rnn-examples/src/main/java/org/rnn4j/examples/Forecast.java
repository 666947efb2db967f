package org.rnn4j.examples;

import com.github.signaflo.timeseries.TestData;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.rnn4j.api.Init;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.optim.Adam;
import org.rnn4j.core.optim.ConstantRate;
import org.rnn4j.core.optim.Optimizer;
import org.rnn4j.layers.Affine;
import org.rnn4j.layers.Dropout;
import org.rnn4j.layers.TimeGRU;
import org.rnn4j.layers.loss.Quantile;
import org.rnn4j.training.Baseline;
import org.rnn4j.training.Batch;
import org.rnn4j.training.Listener;
import org.rnn4j.training.Trainer;
import org.rnn4j.training.TrainerSettings;
import org.rnn4j.training.data.RepeatLast;
import org.rnn4j.training.data.SeasonalNaive;
import org.rnn4j.training.data.Span;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Forecasts two real series from every point of their last fifth, one that changes little in five minutes and one that is nearly all season.
 *
 * <p>A network gives three quantiles (0.1, 0.5, 0.9) of the error of a naive forecast, for each of the H next values; its output layer
 * begins with zeros, so that before training it <em>is</em> the naive forecast. The forecast is the mean of {@value #MEMBERS} networks. Which naive forecast, whether on logarithms, and how many
 * steps to train: all of these are chosen by the last sixth of the training part, and then the whole training part is learnt. The test part
 * is read once, at the end.
 *
 * <p>Judged by the mean absolute scaled error: that of the medians, divided by how much a season differs from the one before in the training
 * part (Hyndman and Koehler, "Another look at measures of forecast accuracy", 2006). {@code docs/examples.md} has the results.
 */
@Command(
        name = "forecast",
        description = "Internet traffic and beer: GRUs against repeat-last and seasonal-naive.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class Forecast implements Runnable {
    static final String MASE = "MASE";

    private static final double TRAINING = 0.8;
    private static final double FITTED = 5.0 / 6; // of the training part, while choosing
    private static final List<Double> QUANTILES = List.of(0.1, 0.5, 0.9);
    private static final int MEDIAN = 1;
    private static final int HIDDEN = 32;
    private static final double RATE = 0.003;
    private static final int STEPS = 600;
    private static final double DROPOUT = 0.2;
    private static final int CHOICES = 12; // numbers of steps to choose from
    private static final int MEMBERS = 5;

    @Mixin
    private Repeats repeats;

    /** For the command line. */
    public Forecast() {}

    /** A choice: what is to be learnt, and for how many steps. */
    private record Choice(ForecastData.View view, long steps, double mase) {}

    /** Three quantiles for each of the H values behind each origin. */
    private record Judged(ForecastData data, double[][][] quantiles, double mase, double coverage) {}

    @Override
    public void run() {
        repeats.each(System.out, seed -> {
            Map<String, Double> results = new LinkedHashMap<>();
            List<XYChart> charts = new ArrayList<>();
            for (Series series : series()) {
                results.putAll(forecast(System.out, series, seed, STEPS, charts));
            }
            if (seed == repeats.first()) {
                System.out.println("Picture: " + Picture.write(repeats.out().resolve("forecast.png"), charts));
            }
            return results;
        });
    }

    /** Both, of com.github.signaflo's timeseries. */
    static List<Series> series() {
        return List.of(
                new Series("internet traffic", TestData.internetTraffic.asArray(), 288, 24, 96),
                new Series("beer", TestData.ausbeer.asArray(), 4, 8, 24));
    }

    /** Chooses, learns and judges with one seed. */
    static Map<String, Double> forecast(PrintStream out, Series series, long seed, long most, List<XYChart> charts) {
        int learnt = (int) Math.round(TRAINING * series.values().length);
        Span training = new Span(0, learnt);
        Choice choice = choose(out, series, training, seed, most);
        out.println(series.name() + ": chosen: " + choice.view() + ", " + choice.steps() + " steps");
        Span test = new Span(learnt, series.values().length);
        ForecastData data = new ForecastData(series, training, test, choice.view(), seed);
        Judged judged =
                judge(outputs(data, seed, choice.steps(), choice.steps()).get(choice.steps()), data, series);
        charts.add(chart(series, judged));

        Map<String, Double> results = new LinkedHashMap<>();
        for (Baseline baseline : data.baselines()) {
            results.put(series.name() + ": " + MASE + ", " + baseline.method(), baseline.value());
        }
        results.put(series.name() + ": " + MASE + ", these networks", judged.mase());
        results.put(series.name() + ": share of values between the quantiles 0.1 and 0.9", judged.coverage());
        return results;
    }

    /** What does best on the end of the training part when only the rest of it is learnt. */
    private static Choice choose(PrintStream out, Series series, Span training, long seed, long most) {
        int fitted = (int) Math.round(FITTED * training.to());
        Choice best = null;
        for (ForecastData.View view : views(series)) {
            ForecastData data =
                    new ForecastData(series, new Span(0, fitted), new Span(fitted, training.to()), view, seed);
            Choice choice = outputs(data, seed, most, Math.max(1, most / CHOICES)).entrySet().stream()
                    .map(after -> new Choice(
                            view,
                            after.getKey(),
                            judge(after.getValue(), data, series).mase()))
                    .min(Comparator.comparingDouble(Choice::mase))
                    .orElseThrow();
            out.println(String.format(
                    Locale.ROOT,
                    "%s, tried: %s: MASE %.3f after %d steps",
                    series.name(),
                    view,
                    choice.mase(),
                    choice.steps()));
            best = best == null || choice.mase() < best.mase() ? choice : best;
        }
        return best;
    }

    private static List<ForecastData.View> views(Series series) {
        List<ForecastData.View> views = new ArrayList<>();
        for (ForecastData.Scale scale : ForecastData.Scale.values()) {
            views.add(new ForecastData.View(scale, new RepeatLast()));
            views.add(new ForecastData.View(scale, new SeasonalNaive(series.period())));
        }
        return views;
    }

    /** What the networks say about the judged part, on average, by the number of steps that they were trained for. */
    private static SortedMap<Long, float[]> outputs(ForecastData data, long seed, long steps, long every) {
        ModelSpec spec = ModelSpec.chain()
                .then("gru", new TimeGRU(data.width(), HIDDEN))
                .then("dropout", new Dropout(DROPOUT))
                .then(
                        "output",
                        new Affine(HIDDEN, QUANTILES.size() * data.sizes().get("horizon"), null, Init.zeros()))
                .build();
        TrainerSettings settings = TrainerSettings.steps(steps, new ConstantRate(RATE))
                .clippedAt(1)
                .validatedEvery(every);
        SortedMap<Long, float[]> means = new TreeMap<>();
        for (int member = 0; member < MEMBERS; member++) {
            Model model = Model.create(spec, MEMBERS * seed + member);
            Trainer trainer = new Trainer(model, new Optimizer(new Adam(), model), new Quantile(QUANTILES), settings);
            trainer.listen(new Listener() {
                @Override
                public void validated(ValidationReport report) {
                    Batch judged = data.validation().batch(0);
                    float[] output =
                            model.inference().forward(judged.inputs().get("x")).toFloats();
                    float[] mean = means.computeIfAbsent(report.step(), key -> new float[output.length]);
                    for (int i = 0; i < output.length; i++) {
                        mean[i] += output[i] / MEMBERS;
                    }
                }
            });
            trainer.train(data);
        }
        return means;
    }

    private static Judged judge(float[] output, ForecastData data, Series series) {
        int horizon = series.horizon();
        Span origins = data.origins();
        double[][][] quantiles = new double[origins.length()][horizon][QUANTILES.size()];
        double errors = 0;
        int inside = 0;
        for (int t = origins.from(); t < origins.to(); t++) {
            int row = (t - series.period()) * QUANTILES.size() * horizon;
            for (int h = 1; h <= horizon; h++) {
                double[] at = quantiles[t - origins.from()][h - 1];
                for (int q = 0; q < at.length; q++) {
                    at[q] = data.value(t, h, output[row + q * horizon + h - 1]);
                }
                double happened = series.values()[t + h];
                errors += Math.abs(happened - at[MEDIAN]);
                inside += happened >= at[0] && happened <= at[2] ? 1 : 0;
            }
        }
        double count = (double) origins.length() * horizon;
        return new Judged(data, quantiles, errors / count / data.seasonalChange(), inside / count);
    }

    /** What happened in the test part, and forecasts that follow one another: each of H values from the last value that it knew. */
    private static XYChart chart(Series series, Judged judged) {
        Span origins = judged.data().origins();
        int horizon = series.horizon();
        int count = (origins.length() - 1) / horizon + 1;
        double[] x = IntStream.range(origins.from() + 1, origins.from() + 1 + count * horizon)
                .asDoubleStream()
                .toArray();
        double[][] y = new double[QUANTILES.size()][x.length];
        double[] happened = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            for (int q = 0; q < y.length; q++) {
                y[q][i] = judged.quantiles()[i / horizon * horizon][i % horizon][q];
            }
            happened[i] = series.values()[(int) x[i]];
        }
        XYChart chart = Picture.lines(
                String.format(
                        Locale.ROOT,
                        "%s: MASE %.3f, %.0f %% inside the band",
                        series.name(),
                        judged.mase(),
                        100 * judged.coverage()),
                "position; a new forecast every " + horizon,
                series.name());
        XYSeries band = chart.addSeries("quantiles 0.1 to 0.9", around(x, x), around(y[0], y[2]));
        band.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
        band.setFillColor(new Color(0x9d, 0xb8, 0xd9, 0x90));
        band.setLineStyle(new BasicStroke(0));
        band.setMarker(SeriesMarkers.NONE);
        line(chart, "what happened", x, happened, Color.DARK_GRAY);
        line(chart, "median forecast", x, y[MEDIAN], new Color(0xc0, 0x39, 0x2b));
        return chart;
    }

    /** There along the one line and back along the other: the outline of what lies between. */
    private static double[] around(double[] there, double[] back) {
        return DoubleStream.concat(
                        DoubleStream.of(there),
                        IntStream.range(0, back.length).mapToDouble(i -> back[back.length - 1 - i]))
                .toArray();
    }

    private static void line(XYChart chart, String name, double[] x, double[] y, Color color) {
        XYSeries line = chart.addSeries(name, x, y);
        line.setLineColor(color);
        line.setMarker(SeriesMarkers.NONE);
    }
}
