package org.rnn4j.benchmarks.work;

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
        String name = settings.workload();
        switch (name) {
            case "W1", "W2", "W3" -> {
                LanguageModel model = LanguageModel.of(name);
                Measurement.ofSteps(PEER, name, model.size().tokens(), settings).run(model::step);
            }
            case "W4" -> {
                Forecast forecast = new Forecast(Forecast.Size.STANDARD);
                Measurement.ofSteps(PEER, name, Forecast.Size.STANDARD.tokens(), settings)
                        .run(forecast::step);
            }
            case Contest.ROOF -> Roof.main();
            case "W6" -> {
                Streaming streaming = new Streaming(128, 256);
                Measurement.ofCalls(PEER, "W6-step", 1, Streaming.CALLS, settings)
                        .run(streaming::step);
                Measurement.ofCalls(PEER, "W6-seq100", Streaming.STEPS, 2, settings)
                        .run(streaming::sequence);
            }
            default -> {
                LayerAlone size = LayerAlone.of(name);
                OneLayer layer = new OneLayer(size);
                Measurement.ofSteps(PEER, name, size.rows() * size.steps(), settings)
                        .run(layer::step);
            }
        }
    }
}
