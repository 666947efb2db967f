package org.rnn4j.examples.forecast;

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
import org.rnn4j.core.Model;
import org.rnn4j.examples.shared.Picture;
import org.rnn4j.examples.shared.Repeats;
import org.rnn4j.examples.shared.Runs;
import org.rnn4j.examples.shared.Trained;
import org.rnn4j.run.RunConfiguration;
import org.rnn4j.training.Baseline;
import org.rnn4j.training.TrainerSettings;
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
    /** Configuration files. */
    private static final List<String> SERIES = List.of("traffic", "beer");

    private static final int MEMBERS = 5;

    @Mixin
    private Repeats repeats;

    /** For the command line. */
    public Forecast() {}

    /**
     * What networks are to learn, and for how long.
     *
     * @param configuration of the series, with a view of it
     * @param steps of training
     */
    private record Lesson(RunConfiguration configuration, long steps) {
        SeasonalSource source() {
            return Runs.source(configuration, SeasonalSource.class);
        }

        /** For the name of a folder: {@code plain-repeat-last}. */
        String view() {
            return (source().scale() + "-" + source().base())
                    .toLowerCase(Locale.ROOT)
                    .replace('_', '-');
        }

        /** The configuration of one of the networks; the data is the same for all. */
        RunConfiguration member(int member) {
            return configuration
                    .with("data.seed", configuration.seed())
                    .with("seed", MEMBERS * configuration.seed() + member)
                    .with("training.steps", steps);
        }

        /** The same with the part to choose by learnt too. */
        Lesson whole() {
            return new Lesson(configuration.with("data.whole", true), steps);
        }
    }

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
                    .map(lesson -> lesson.source().view() + " (" + lesson.steps() + " steps)")
                    .collect(Collectors.joining(" and "));
        }
    }

    @Override
    public void run() {
        repeats.each(System.out, seed -> {
            Map<String, Double> results = new LinkedHashMap<>();
            List<XYChart> charts = new ArrayList<>();
            for (String name : SERIES) {
                Runs runs = repeats.runs("forecast", seed);
                results.putAll(forecast(System.out, runs, runs.read(name), charts));
            }
            if (seed == repeats.first()) {
                System.out.println("Picture: " + Picture.write(repeats.out().resolve("forecast.png"), charts));
            }
            return results;
        });
    }

    /** Chooses, learns and judges with one seed. */
    static Map<String, Double> forecast(
            PrintStream out, Runs runs, RunConfiguration configuration, List<XYChart> charts) {
        SeasonalSource source = Runs.source(configuration, SeasonalSource.class);
        Series series = source.whatIsForecast();
        Choice choice = choose(out, runs, configuration);
        out.println(series.name() + ": chosen: " + choice);
        List<Forecasts> chosen = new ArrayList<>();
        for (Lesson lesson : choice.lessons()) {
            chosen.add(during(runs, "learnt", lesson.whole()).get(lesson.steps()));
        }
        Forecasts forecasts = Forecasts.mean(chosen);
        charts.add(forecasts.chart());

        Map<String, Double> results = new LinkedHashMap<>();
        for (Baseline baseline : forecasts.data().baselines()) {
            results.put(series.name() + ": MASE, " + baseline.method(), baseline.value());
        }
        for (Rival rival : Rival.of(series)) {
            double mase = rival.mase(out, series, source.fitted().to(), source.training(), source.judged());
            results.put(series.name() + ": MASE, " + rival.name(), mase);
        }
        results.put(series.name() + ": MASE, these networks", forecasts.mase());
        results.put(series.name() + ": share of values between the quantiles 0.1 and 0.9", forecasts.coverage());
        return results;
    }

    /** What does best on the end of the training part when only the rest of it is learnt: one view, or the mean of all. */
    private static Choice choose(PrintStream out, Runs runs, RunConfiguration configuration) {
        List<Choice> choices = new ArrayList<>();
        List<Forecasts> best = new ArrayList<>();
        for (Scale scale : Scale.values()) {
            for (SeasonalSource.Base base : SeasonalSource.Base.values()) {
                RunConfiguration view =
                        configuration.with("data.scale", scale.name()).with("data.base", base.name());
                SortedMap<Long, Forecasts> bySteps =
                        during(runs, "tried", new Lesson(view, settings(view).steps()));
                long steps = bySteps.keySet().stream()
                        .min(Comparator.comparingDouble(
                                taken -> bySteps.get(taken).mase()))
                        .orElseThrow();
                best.add(bySteps.get(steps));
                choices.add(new Choice(
                        List.of(new Lesson(view, steps)), bySteps.get(steps).mase()));
                print(out, choices.get(choices.size() - 1));
            }
        }
        List<Lesson> all =
                choices.stream().flatMap(choice -> choice.lessons().stream()).toList();
        choices.add(new Choice(all, Forecasts.mean(best).mase()));
        print(out, choices.get(choices.size() - 1));
        return choices.stream().min(Comparator.comparingDouble(Choice::mase)).orElseThrow();
    }

    private static void print(PrintStream out, Choice choice) {
        String series = choice.lessons().get(0).source().series();
        out.println(String.format(Locale.ROOT, "%s: tried: MASE %.3f: %s", series, choice.mase(), choice));
    }

    private static TrainerSettings settings(RunConfiguration configuration) {
        return configuration.training(configuration.schedule(), List.of());
    }

    /** What some networks say about the judged part, on average, by the number of steps that they were trained for. */
    private static SortedMap<Long, Forecasts> during(Runs runs, String part, Lesson lesson) {
        ForecastData data = lesson.source().data();
        long every = settings(lesson.configuration()).validateEvery();
        SortedMap<Long, float[]> means = new TreeMap<>();
        for (int member = 0; member < MEMBERS; member++) {
            String folder =
                    lesson.source().series().replace(' ', '-') + "/" + part + "/" + lesson.view() + "-" + (member + 1);
            Trained trained = runs.train(folder, lesson.member(member));
            for (long step = every; step < lesson.steps(); step += every) {
                add(trained, Snapshots.model(trained.run().folder(), step, trained.types()), data, means, step);
            }
            add(trained, trained.last(), data, means, lesson.steps());
        }
        SortedMap<Long, Forecasts> forecasts = new TreeMap<>();
        means.forEach((taken, mean) -> forecasts.put(taken, Forecasts.of(data, mean)));
        return forecasts;
    }

    private static void add(
            Trained trained, Model model, ForecastData data, SortedMap<Long, float[]> means, long step) {
        trained.evaluator().forEach(model, data.validation(), judged -> {
            float[] output = judged.output().toFloats();
            float[] mean = means.computeIfAbsent(step, key -> new float[output.length]);
            for (int i = 0; i < output.length; i++) {
                mean[i] += output[i] / MEMBERS;
            }
        });
    }
}
