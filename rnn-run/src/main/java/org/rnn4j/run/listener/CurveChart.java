package org.rnn4j.run.listener;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.rnn4j.run.listener.CurvePoints.Point;
import org.rnn4j.training.Baseline;
import org.rnn4j.training.metric.LikelihoodMetric;
import org.rnn4j.training.metric.Mean;

/**
 * Draws a loss curve.
 *
 * @param width in pixels
 * @param height in pixels
 */
record CurveChart(int width, int height) {
    private static final Color TRAINING = new Color(0x9d, 0xb8, 0xd9);
    private static final Color VALIDATION = new Color(0xc0, 0x39, 0x2b);
    private static final int TICKS = 100;
    private static final float THIN = 1.2f;
    private static final float THICK = 2.2f;
    private static final float DASH = 6;

    /** The picture, complete. An interrupted thread stays interrupted: Java forgets that where it reads letters of a font. */
    byte[] png(CurvePoints points, List<Baseline> baselines) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            List<XYChart> charts = charts(points, baselines);
            BitmapEncoder.saveBitmap(charts, charts.size(), 1, png, BitmapEncoder.BitmapFormat.PNG);
            return png.toByteArray();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private List<XYChart> charts(CurvePoints points, List<Baseline> baselines) {
        String metric = points.metric();
        Optional<LikelihoodMetric> unit = Arrays.stream(LikelihoodMetric.values())
                .filter(likelihood -> likelihood.label().equals(metric))
                .findFirst();
        if (unit.isPresent() || metric.isEmpty()) {
            XYChart chart = chart(metric.isEmpty() ? "loss" : metric, height);
            DoubleUnaryOperator scale = unit.map(CurveChart::scale).orElse(DoubleUnaryOperator.identity());
            add(chart, "training", points.training(), scale);
            add(chart, "validation", points.validationLoss(), scale);
            addBaselines(chart, points, baselines);
            return List.of(chart);
        }
        XYChart loss = chart("loss", height / 2);
        add(loss, "training", points.training(), DoubleUnaryOperator.identity());
        add(loss, "validation", points.validationLoss(), DoubleUnaryOperator.identity());
        XYChart other = chart(metric, height - height / 2);
        add(other, "validation", points.validationMetric(), DoubleUnaryOperator.identity());
        addBaselines(other, points, baselines);
        return List.of(loss, other);
    }

    private static DoubleUnaryOperator scale(LikelihoodMetric metric) {
        return nats -> {
            Mean mean = new Mean();
            mean.add(nats, 1);
            return metric.of(mean);
        };
    }

    private XYChart chart(String yTitle, int chartHeight) {
        XYChart chart = new XYChartBuilder()
                .width(width)
                .height(chartHeight)
                .xAxisTitle("step")
                .yAxisTitle(yTitle)
                .build();
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setXAxisTickMarkSpacingHint(TICKS);
        chart.getStyler().setLocale(Locale.ROOT);
        return chart;
    }

    private static void add(XYChart chart, String name, List<Point> points, DoubleUnaryOperator scale) {
        List<Point> finite = points.stream()
                .map(point -> new Point(point.step(), scale.applyAsDouble(point.value())))
                .filter(point -> Double.isFinite(point.value()))
                .toList();
        if (finite.isEmpty()) {
            return;
        }
        boolean training = name.equals("training");
        // A line of one point is not visible.
        Marker marker = finite.size() == 1 || !training ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE;
        // A step's loss is of the parameters before it. Half a step keeps the points off the grid of the validations,
        // too: where all are at
        // equal distances, XChart puts its ticks at some of them, 11, 22, 33 …
        double before = training ? 0.5 : 0;
        XYSeries series = chart.addSeries(
                name,
                finite.stream().mapToDouble(point -> point.step() - before).toArray(),
                finite.stream().mapToDouble(Point::value).toArray());
        series.setLineWidth(training ? THIN : THICK);
        series.setLineColor(training ? TRAINING : VALIDATION);
        series.setMarkerColor(training ? TRAINING : VALIDATION);
        series.setMarker(marker);
    }

    /** Horizontal lines from the first step to the last. */
    private static void addBaselines(XYChart chart, CurvePoints points, List<Baseline> baselines) {
        String metric = points.metric().isEmpty() ? "loss" : points.metric();
        double last = Math.max(
                points.training().stream().mapToLong(Point::step).max().orElse(1),
                points.validationLoss().stream().mapToLong(Point::step).max().orElse(1));
        int shade = 0;
        for (Baseline baseline : baselines) {
            String name = baseline.shortMethod();
            if (!baseline.metric().equals(metric)
                    || !Double.isFinite(baseline.value())
                    || chart.getSeriesMap().containsKey(name)) {
                continue;
            }
            XYSeries series =
                    chart.addSeries(name, new double[] {0, last}, new double[] {baseline.value(), baseline.value()});
            int grey = Math.min(0xb0, 0x30 + 0x20 * shade++);
            series.setLineColor(new Color(grey, grey, grey));
            series.setLineStyle(new BasicStroke(
                    THIN, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {DASH, DASH}, 0));
            series.setMarker(SeriesMarkers.NONE);
        }
    }
}
