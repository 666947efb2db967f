package org.rnn4j.examples.forecast;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.rnn4j.examples.shared.Picture;
import org.rnn4j.training.data.Span;
import org.rnn4j.training.metric.Mase;
import org.rnn4j.training.metric.Mean;

/**
 * Quantiles of the H values behind each point of a judged part, and how good they are.
 *
 * @param data what is forecast
 * @param quantiles by origin, by h - 1, by quantile, as values of the series
 */
record Forecasts(ForecastData data, double[][][] quantiles) {
    /** Which quantiles: two ends of a band that should hold 80 %, and the median between them. */
    static final List<Double> QUANTILES = List.of(0.1, 0.5, 0.9);

    private static final int LOW = 0;
    private static final int MEDIAN = 1;
    private static final int HIGH = 2;

    /** What a network's output for {@link ForecastData#validation} means. */
    static Forecasts of(ForecastData data, float[] output) {
        int horizon = data.series().horizon();
        Span origins = data.origins();
        double[][][] quantiles = new double[origins.length()][horizon][QUANTILES.size()];
        for (int t = origins.from(); t < origins.to(); t++) {
            int row = (t - data.series().period()) * QUANTILES.size() * horizon;
            for (int h = 1; h <= horizon; h++) {
                for (int q = 0; q < QUANTILES.size(); q++) {
                    quantiles[t - origins.from()][h - 1][q] = data.value(t, h, output[row + q * horizon + h - 1]);
                }
            }
        }
        return new Forecasts(data, quantiles);
    }

    /** The mean of several forecasts of the same. */
    static Forecasts mean(List<Forecasts> several) {
        Forecasts first = several.get(0);
        double[][][] means = new double[first.quantiles().length][first.quantiles()[0].length][QUANTILES.size()];
        for (int i = 0; i < means.length; i++) {
            for (int h = 0; h < means[i].length; h++) {
                for (int q = 0; q < QUANTILES.size(); q++) {
                    for (Forecasts one : several) {
                        means[i][h][q] += one.quantiles()[i][h][q] / several.size();
                    }
                }
            }
        }
        return new Forecasts(first.data(), means);
    }

    private double happened(int origin, int h) {
        return data.series().values()[data.origins().from() + origin + h];
    }

    /** The mean absolute scaled error of the medians. */
    double mase() {
        Mase metric = data.metric();
        Mean mean = new Mean();
        for (int i = 0; i < quantiles.length; i++) {
            for (int h = 1; h <= quantiles[i].length; h++) {
                mean.add(metric.term(quantiles[i][h - 1][MEDIAN], happened(i, h)), 1);
            }
        }
        return mean.value();
    }

    /** The share of the values that lie in the band. */
    double coverage() {
        double inside = 0;
        for (int i = 0; i < quantiles.length; i++) {
            for (int h = 1; h <= quantiles[i].length; h++) {
                double[] at = quantiles[i][h - 1];
                inside += happened(i, h) >= at[LOW] && happened(i, h) <= at[HIGH] ? 1 : 0;
            }
        }
        return inside / quantiles.length / data.series().horizon();
    }

    /** What happened, and forecasts that follow one another: each of H values, from the last value that it knew. */
    XYChart chart() {
        Series series = data.series();
        int horizon = series.horizon();
        int count = ((quantiles.length - 1) / horizon + 1) * horizon;
        double[] x = IntStream.range(0, count)
                .mapToDouble(i -> data.origins().from() + 1.0 + i)
                .toArray();
        double[] happened =
                IntStream.range(0, count).mapToDouble(i -> happened(i, 1)).toArray();
        XYChart chart = Picture.lines(
                String.format(
                        Locale.ROOT, "%s: MASE %.3f, %.0f %% inside the band", series.name(), mase(), 100 * coverage()),
                "position; a new forecast every " + horizon,
                series.name());
        XYSeries band =
                chart.addSeries("quantiles 0.1 to 0.9", around(x, x), around(follow(LOW, count), follow(HIGH, count)));
        band.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
        band.setFillColor(new Color(0x9d, 0xb8, 0xd9, 0x90));
        band.setLineStyle(new BasicStroke(0));
        band.setMarker(SeriesMarkers.NONE);
        line(chart, "what happened", x, happened, Color.DARK_GRAY);
        line(chart, "median forecast", x, follow(MEDIAN, count), new Color(0xc0, 0x39, 0x2b));
        return chart;
    }

    private double[] follow(int quantile, int count) {
        int horizon = data.series().horizon();
        return IntStream.range(0, count)
                .mapToDouble(i -> quantiles[i / horizon * horizon][i % horizon][quantile])
                .toArray();
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
