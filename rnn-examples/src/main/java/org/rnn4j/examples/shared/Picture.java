package org.rnn4j.examples.shared;

import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.rnn4j.serialization.file.AtomicFile;

/** The charts of the examples: how they look and where they go. */
public final class Picture {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 500;

    private Picture() {}

    /** An empty chart of lines. */
    public static XYChart lines(String title, String xTitle, String yTitle) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(xTitle)
                .yAxisTitle(yTitle)
                .build();
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setLocale(Locale.ROOT);
        chart.getStyler().setXAxisTickMarkSpacingHint(100);
        return chart;
    }

    /** Writes charts below one another as a PNG, and returns the file. */
    public static Path write(Path file, List<? extends Chart<?, ?>> charts) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            AtomicFile.replace(file, channel -> {
                OutputStream out = Channels.newOutputStream(channel);
                if (charts.size() == 1) {
                    BitmapEncoder.saveBitmap(charts.get(0), out, BitmapEncoder.BitmapFormat.PNG);
                } else {
                    BitmapEncoder.saveBitmap(
                            List.copyOf(charts), charts.size(), 1, out, BitmapEncoder.BitmapFormat.PNG);
                }
            });
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("the picture " + file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
