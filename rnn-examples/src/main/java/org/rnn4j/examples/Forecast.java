package org.rnn4j.examples;

import com.github.signaflo.timeseries.TestData;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.knowm.xchart.XYChart;
import org.rnn4j.api.Init;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.optim.Adam;
import org.rnn4j.core.optim.ConstantRate;
import org.rnn4j.core.optim.Optimizer;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.loss.Quantile;
import org.rnn4j.layers.regularisation.Dropout;
import org.rnn4j.layers.sequence.TimeGRU;
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
 * steps to train, or the mean of all of them: this is chosen by the last sixth of the training part, and then the whole training part is learnt. The test part
 * is read once, at the end. What statistics has for such series is chosen, fitted and judged on the same parts (see {@link Rival}).
 *
 * <p>Judged by the mean absolute scaled error: that of the medians, divided by how much a season differs from the one before in the training
 * part (Hyndman and Koehler, "Another look at measures of forecast accuracy", 2006). {@code docs/examples.md} has the results.
 */
@Command(
        name = "forecast",
        description = "Internet traffic and beer: GRUs against naive forecasts, Holt-Winters and linear regression.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class Forecast implements Runnable {
    static final String MASE = "MASE";

    private static final double TRAINING = 0.8;
    private static final double FITTED = 5.0 / 6; // of the training part, while choosing
    private static final int HIDDEN = 32;
    private static final double RATE = 0.003;
    private static final double DROPOUT = 0.2;
    private static final int CHOICES = 12; // numbers of steps to choose from
    private static final int MEMBERS = 5;

    @Mixin
    private Repeats repeats;

    /** For the command line. */
    public Forecast() {}

    /**
     * What networks are to learn, and for how long.
     *
     * @param view of the series
     * @param steps of training
     */
    private record Lesson(ForecastData.View view, long steps) {}

    /**
     * Some lessons, whose forecasts are averaged.
     *
     * @param lessons one, or one of each view
     * @param mase on the part to choose by
     */
    private record Choice(List<Lesson> lessons, double mase) {
        @Override
        public String toString() {
            return lessons.stream()
                    .map(lesson -> lesson.view() + " (" + lesson.steps() + " steps)")
                    .collect(Collectors.joining(" and "));
        }
    }

    @Override
    public void run() {
        repeats.each(System.out, seed -> {
            Map<String, Double> results = new LinkedHashMap<>();
            List<XYChart> charts = new ArrayList<>();
            for (Series series : series()) {
                results.putAll(forecast(System.out, series, seed, charts));
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
                new Series("internet traffic", TestData.internetTraffic.asArray(), 288, 24, 96, 600),
                new Series("beer", TestData.ausbeer.asArray(), 4, 8, 24, 1800));
    }

    /** Chooses, learns and judges with one seed. */
    static Map<String, Double> forecast(PrintStream out, Series series, long seed, List<XYChart> charts) {
        int learnt = (int) Math.round(TRAINING * series.values().length);
        Span training = new Span(0, learnt);
        Choice choice = choose(out, series, training, seed);
        out.println(series.name() + ": chosen: " + choice);
        Span test = new Span(learnt, series.values().length);
        Forecasts forecasts = Forecasts.mean(choice.lessons().stream()
                .map(lesson ->
                        after(new ForecastData(series, training, test, lesson.view(), seed), seed, lesson.steps()))
                .toList());
        charts.add(forecasts.chart());

        Map<String, Double> results = new LinkedHashMap<>();
        for (Baseline baseline : forecasts.data().baselines()) {
            results.put(series.name() + ": " + MASE + ", " + baseline.method(), baseline.value());
        }
        for (Rival rival : Rival.of(series)) {
            double mase = rival.mase(out, series, fitted(training), training, test);
            results.put(series.name() + ": " + MASE + ", " + rival.name(), mase);
        }
        results.put(series.name() + ": " + MASE + ", these networks", forecasts.mase());
        results.put(series.name() + ": share of values between the quantiles 0.1 and 0.9", forecasts.coverage());
        return results;
    }

    /** Where the part to choose by begins. */
    private static int fitted(Span training) {
        return (int) Math.round(FITTED * training.to());
    }

    /** What does best on the end of the training part when only the rest of it is learnt: one view, or the mean of all. */
    private static Choice choose(PrintStream out, Series series, Span training, long seed) {
        int fitted = fitted(training);
        List<Choice> choices = new ArrayList<>();
        List<Forecasts> best = new ArrayList<>();
        for (ForecastData.View view : views(series)) {
            ForecastData data =
                    new ForecastData(series, new Span(0, fitted), new Span(fitted, training.to()), view, seed);
            SortedMap<Long, Forecasts> bySteps =
                    during(data, seed, series.most(), Math.max(1, series.most() / CHOICES));
            long steps = bySteps.keySet().stream()
                    .min(Comparator.comparingDouble(taken -> bySteps.get(taken).mase()))
                    .orElseThrow();
            best.add(bySteps.get(steps));
            choices.add(new Choice(
                    List.of(new Lesson(view, steps)), bySteps.get(steps).mase()));
            print(out, series, choices.get(choices.size() - 1));
        }
        List<Lesson> all =
                choices.stream().flatMap(choice -> choice.lessons().stream()).toList();
        choices.add(new Choice(all, Forecasts.mean(best).mase()));
        print(out, series, choices.get(choices.size() - 1));
        return choices.stream().min(Comparator.comparingDouble(Choice::mase)).orElseThrow();
    }

    private static void print(PrintStream out, Series series, Choice choice) {
        out.println(String.format(Locale.ROOT, "%s: tried: %s %.3f: %s", series.name(), MASE, choice.mase(), choice));
    }

    private static List<ForecastData.View> views(Series series) {
        List<ForecastData.View> views = new ArrayList<>();
        for (ForecastData.Scale scale : ForecastData.Scale.values()) {
            views.add(new ForecastData.View(scale, new RepeatLast()));
            views.add(new ForecastData.View(scale, new SeasonalNaive(series.period())));
        }
        return views;
    }

    private static Forecasts after(ForecastData data, long seed, long steps) {
        return during(data, seed, steps, steps).get(steps);
    }

    /** What some networks say about the judged part, on average, by the number of steps that they were trained for. */
    private static SortedMap<Long, Forecasts> during(ForecastData data, long seed, long steps, long every) {
        ModelSpec spec = ModelSpec.chain()
                .then("gru", new TimeGRU(data.width(), HIDDEN))
                .then("dropout", new Dropout(DROPOUT))
                .then(
                        "output",
                        new Affine(
                                HIDDEN,
                                Forecasts.QUANTILES.size() * data.sizes().get("horizon"),
                                null,
                                Init.zeros()))
                .build();
        TrainerSettings settings = TrainerSettings.steps(steps, new ConstantRate(RATE))
                .clippedAt(1)
                .validatedEvery(every);
        SortedMap<Long, float[]> means = new TreeMap<>();
        for (int member = 0; member < MEMBERS; member++) {
            Model model = Model.create(spec, MEMBERS * seed + member);
            Trainer trainer =
                    new Trainer(model, new Optimizer(new Adam(), model), new Quantile(Forecasts.QUANTILES), settings);
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
        SortedMap<Long, Forecasts> forecasts = new TreeMap<>();
        means.forEach((taken, mean) -> forecasts.put(taken, Forecasts.of(data, mean)));
        return forecasts;
    }
}
