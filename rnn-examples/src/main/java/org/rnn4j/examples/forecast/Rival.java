package org.rnn4j.examples.forecast;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.rnn4j.training.data.RepeatLast;
import org.rnn4j.training.data.SeriesForecast;
import org.rnn4j.training.data.Span;

/**
 * A method of statistics that the networks of {@link Forecast} are compared with: it is fitted to the same part, chooses among its forms by the same
 * part, and is judged on the same part.
 *
 * @param name what results call it
 * @param forms from the values to learn from, as they are or their logarithms, to a forecast of such values
 */
record Rival(String name, List<Function<double[], SeriesForecast>> forms) {
    private static final int[] ORDERS = {1, 2, 4, 8, 16, 32};

    /** Those for a series. */
    static List<Rival> of(Series series) {
        List<Function<double[], SeriesForecast>> regressions = new ArrayList<>();
        for (int order : ORDERS) {
            regressions.add(learnt -> new LinearForecast(learnt, series.period(), series.horizon(), order));
        }
        return List.of(
                new Rival(
                        "Holt-Winters",
                        List.of(learnt -> HoltWinters.fitted(learnt, series.period(), series.horizon()))),
                new Rival("linear regression", regressions));
    }

    /** A form and how it sees values. */
    private record Chosen(Function<double[], SeriesForecast> form, Scale scale, double mase, String label) {}

    /**
     * The MASE on the test part.
     *
     * @param fitted the front of the training part: to fit what the rest of it chooses from
     * @param training what the chosen form is fitted to
     */
    double mase(PrintStream out, Series series, int fitted, Span training, Span test) {
        Chosen best = null;
        for (Scale scale : Scale.values()) {
            ForecastData data = data(series, new Span(0, fitted), new Span(fitted, training.to()), scale);
            for (Function<double[], SeriesForecast> form : forms) {
                SeriesForecast forecast = form.apply(data.learnt());
                Chosen one = new Chosen(form, scale, data.mase(forecast), forecast.label());
                best = best == null || one.mase < best.mase ? one : best;
            }
        }
        out.println(String.format(
                Locale.ROOT,
                "%s: chosen: MASE %.3f: %s of %s",
                series.name(),
                best.mase,
                best.label,
                best.scale == Scale.LOG ? "logarithms" : "values"));
        ForecastData data = data(series, training, test, best.scale);
        return data.mase(best.form.apply(data.learnt()));
    }

    private static ForecastData data(Series series, Span training, Span judged, Scale scale) {
        return new ForecastData(series, training, judged, new ForecastData.View(scale, new RepeatLast()), 0);
    }
}
