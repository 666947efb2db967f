package org.rnn4j.run.listener;

import java.awt.AWTError;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Map;
import org.rnn4j.serialization.file.AtomicFile;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.Listener;
import org.rnn4j.training.Training;

/**
 * Draws the loss of training and validation against the step as a PNG, in {@link RunFolder#curve}, with the baselines as horizontal lines:
 * after each validation, and when the process ends.
 *
 * <p>If the first metric is a function of the loss, such as bits per character, the curve is in that unit. Any other metric, such as accuracy, has a
 * separate chart below the loss.
 *
 * @param width in pixels, 200 to 4000; 1000 by default
 * @param height in pixels, 200 to 4000; 600 by default
 */
public record Curve(Integer width, Integer height) implements ListenerSpec {
    private static final int SMALLEST = 200;
    /** The picture is drawn in memory: 4 bytes a pixel, which makes 64 MB. */
    private static final int LARGEST = 4000;

    /** Checks the ranges. */
    public Curve {
        width = width == null ? 1000 : checked("width", width);
        height = height == null ? 600 : checked("height", height);
    }

    /** Of the usual size. */
    public Curve() {
        this(null, null);
    }

    private static int checked(String name, int pixels) {
        if (pixels < SMALLEST || pixels > LARGEST) {
            throw new IllegalArgumentException(
                    name + " is " + pixels + ", expected " + SMALLEST + " to " + LARGEST + " pixels");
        }
        return pixels;
    }

    @Override
    public Listener create(RunContext run) {
        return new Drawing(new CurveChart(width, height), run.folder(), run.data());
    }

    private static final class Drawing implements Listener {
        private static final System.Logger LOG = System.getLogger(Curve.class.getName());

        private final CurveChart chart;
        private final RunFolder folder;
        private final DataSet data;
        private CurvePoints points = new CurvePoints();
        private boolean drawable = true;

        Drawing(CurveChart chart, RunFolder folder, DataSet data) {
            this.chart = chart;
            this.folder = folder;
            this.data = data;
        }

        @Override
        public String name() {
            return "Curve";
        }

        /** Some Java installations lack fonts or the libraries for drawing, which must not end the run. */
        @Override
        public void started(Training training) {
            try {
                chart.png(CurvePoints.sample(), List.of());
            } catch (LinkageError | AWTError | InternalError | RuntimeException | IOException e) {
                drawable = false;
                LOG.log(System.Logger.Level.WARNING, "no loss curve is drawn: this Java cannot draw text (" + e + ")");
            }
        }

        @Override
        public void stepped(StepReport report) {
            points.step(report.step(), report.loss());
        }

        @Override
        public void validated(ValidationReport report) {
            points.validation(report.step(), report.scores());
            draw();
        }

        @Override
        public void ended(Ending ending) {
            draw();
        }

        private void draw() {
            if (!drawable || points.isEmpty()) {
                return;
            }
            folder.requireStillHeld();
            try {
                byte[] png = chart.png(points, data.baselines());
                AtomicFile.replace(
                        folder.curve(),
                        channel -> Channels.newOutputStream(channel).write(png));
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "the loss curve cannot be written: " + e.getMessage());
            }
        }

        @Override
        public Map<String, Object> state() {
            return points.state();
        }

        @Override
        public void restore(Map<String, Object> state) {
            points = CurvePoints.of(state);
        }
    }
}
