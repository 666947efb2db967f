package org.rnn4j.benchmarks.work;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.rnn4j.benchmarks.kernel.Roof;
import org.rnn4j.benchmarks.measure.LayerAlone;
import org.rnn4j.benchmarks.measure.Measurement;
import org.rnn4j.benchmarks.measure.Settings;
import org.rnn4j.benchmarks.report.Contest;

/** Runs one workload with RNN4J and prints its lines: the program of a process that is measured. */
public final class Workload {
    private static final String PEER = "rnn4j";

    private Workload() {}

    /** See {@link Settings} for the arguments. */
    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        run(Settings.of(arguments));
    }

    /** Runs the workload of the settings. */
    public static void run(Settings settings) throws Exception {
        if (settings.workload().equals(Contest.ROOF)) {
            Roof.main();
            return;
        }
        for (Line line : lines(settings)) {
            Measurement measurement = line.calls() == 1
                    ? Measurement.ofSteps(PEER, line.name(), line.tokens(), settings)
                    : Measurement.ofCalls(PEER, line.name(), line.tokens(), line.calls(), settings);
            measurement.run(line.step());
        }
    }

    /** What the workload of the settings measures, ready to be called. */
    static List<Line> lines(Settings settings) throws IOException {
        String name = settings.workload();
        return switch (name) {
            case "W1", "W2", "W3" -> {
                LanguageModel model = LanguageModel.of(name);
                yield List.of(Line.milliseconds(name, model.size().tokens(), model::step));
            }
            case "W4" -> {
                Forecast forecast = new Forecast(Forecast.Size.STANDARD);
                yield List.of(Line.milliseconds(name, Forecast.Size.STANDARD.tokens(), forecast::step));
            }
            case "W6" -> {
                Streaming streaming = new Streaming(128, 256);
                yield List.of(
                        Line.microseconds("W6-step", 1, Streaming.CALLS, streaming::step),
                        Line.microseconds("W6-seq100", Streaming.STEPS, 2, streaming::sequence));
            }
            case "W7" -> CellInside.STANDARD.lines();
            case Saving.NAME ->
                Saving.in(Path.of(settings.get("folder", "target"))).lines();
            default -> {
                LayerAlone size = LayerAlone.of(name);
                OneLayer layer = new OneLayer(size);
                yield List.of(Line.milliseconds(name, size.rows() * size.steps(), layer::step));
            }
        };
    }
}
