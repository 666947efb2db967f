package org.rnn4j.run.listener;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.core.input.Reason;
import org.rnn4j.serialization.configuration.JsonLines;
import org.rnn4j.training.Baseline;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.Listener;
import org.rnn4j.training.Training;

/**
 * Writes the numbers of steps and validations to {@link RunFolder#metrics}, one JSON object per line:
 *
 * <pre>{@code
 * {"step":0,"baselines":[{"method":"bigram","metric":"bits per character","value":3.5}],"time":"2026-01-31T12:00:00Z"}
 * {"step":1,"epoch":1,"loss":4.4,"gradientNorm":0.5,"rate":0.002,"positions":2048,"time":"2026-01-31T12:00:01Z"}
 * {"step":1,"validation":{"loss":4.3,"bits per character":6.2},"best":true,"time":"2026-01-31T12:00:01Z"}
 * }</pre>
 *
 * <p>Equal runs write equal lines except for {@code time}; a resumed run first removes the lines after its checkpoint's step. Lines are forced to
 * disk before a checkpoint is, so that they are as safe as the checkpoint.
 *
 * @param every the number of steps between two lines; 1 by default. All validations are written
 */
public record Metrics(Long every) implements ListenerSpec {
    /** Checks the range. */
    public Metrics {
        every = every == null ? 1L : Interval.check(every);
    }

    /** Every step. */
    public Metrics() {
        this(null);
    }

    @Override
    public Listener create(RunContext run) {
        return new Writing(every, run.folder(), run.data(), run.clock());
    }

    private static final class Writing implements Listener {
        private final long every;
        private final RunFolder folder;
        private final Path file;
        private final DataSet data;
        private final Clock clock;
        private JsonLines lines;

        Writing(long every, RunFolder folder, DataSet data, Clock clock) {
            this.every = every;
            this.folder = folder;
            this.file = folder.metrics();
            this.data = data;
            this.clock = clock;
        }

        @Override
        public String name() {
            return "Metrics";
        }

        @Override
        public void started(Training training) {
            try {
                if (training.step() == 0) {
                    Files.deleteIfExists(file);
                } else {
                    JsonLines.cut(file, training.step());
                }
                lines = JsonLines.append(file);
            } catch (IOException e) {
                throw failure(e);
            }
            if (training.step() == 0) {
                List<Object> list = new ArrayList<>();
                for (Baseline baseline : data.baselines()) {
                    Map<String, Object> fields = new LinkedHashMap<>();
                    fields.put("method", baseline.method());
                    fields.put("metric", baseline.metric());
                    fields.put("value", baseline.value());
                    list.add(fields);
                }
                write(0, Map.of("baselines", list));
            }
        }

        @Override
        public void stepped(StepReport report) {
            if (report.step() % every == 0) {
                Map<String, Object> fields = new LinkedHashMap<>();
                fields.put("epoch", report.epoch());
                fields.put("loss", report.loss());
                fields.put("gradientNorm", report.gradientNorm());
                fields.put("rate", report.rate());
                fields.put("positions", report.positions());
                write(report.step(), fields);
            }
        }

        @Override
        public void validated(ValidationReport report) {
            Map<String, Object> scores = new LinkedHashMap<>();
            scores.put("loss", report.scores().loss());
            scores.putAll(report.scores().metrics());
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("validation", scores);
            fields.put("best", report.best());
            write(report.step(), fields);
        }

        private void write(long step, Map<String, Object> fields) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("step", step);
            line.putAll(fields);
            line.put("time", Instant.now(clock).toString());
            folder.requireStillHeld();
            try {
                lines.write(line);
            } catch (IOException e) {
                throw failure(e);
            }
        }

        /** Otherwise a checkpoint could be resumed without lines that a power loss has removed. */
        @Override
        public void saving() {
            if (lines != null) {
                folder.requireStillHeld();
                try {
                    lines.force();
                } catch (IOException e) {
                    throw failure(e);
                }
            }
        }

        @Override
        public void ended(Ending ending) {
            if (lines == null) {
                return;
            }
            try (JsonLines last = lines) {
                lines = null;
                last.force();
            } catch (IOException e) {
                throw failure(e);
            }
        }

        private UncheckedIOException failure(IOException e) {
            return new UncheckedIOException("the metrics file " + file + " cannot be written: " + Reason.of(e), e);
        }
    }
}
