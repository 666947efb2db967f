package org.rnn4j.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.rnn4j.api.Types;
import org.rnn4j.core.Model;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.run.listener.RunContext;
import org.rnn4j.run.listener.RunFolder;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.Listener;
import org.rnn4j.training.Trainer;
import org.rnn4j.training.TrainerSettings;
import org.rnn4j.training.data.DataSource;

/** Small whole runs for tests: an LSTM with dropout and a carried state that learns to count, with Adam. */
public final class Runs {
    /** The configuration. */
    public static final String YAML = """
            format: 1
            seed: 3
            data: {type: Counting, rows: 3, steps: 5}
            model:
              chain:
                embed:  {type: Embedding, ids: $vocabulary, width: 4}
                lstm:   {type: TimeLSTM, inputs: 4, hidden: 6, stateful: true}
                drop:   {type: Dropout, rate: 0.2}
                output: {type: Affine, inputs: 6, outputs: $vocabulary}
            loss: {type: SoftmaxCrossEntropy}
            optimizer: {type: Adam, weightDecay: 0.001, groups: [{pattern: embed.*, rateFactor: 0.5}]}
            schedule: {type: ConstantRate, rate: 0.05}
            training: {epochs: 2, clip: 1, validateEvery: 7, metrics: [bits per character, accuracy]}
            listeners:
              - {type: Metrics, every: 1}
              - {type: Curve, width: 400, height: 300}
              - BestCheckpoint
              - {type: EarlyStopping, patience: 100}
              - {type: Checkpoints, every: 10}
            """;

    private Runs() {}

    /** The names that are found and {@link Counting}. */
    public static TypeRegistry types() {
        return TypeRegistry.load().and(() -> Types.of(DataSource.class, () -> Map.of("Counting", Counting.class)));
    }

    /** A run without Guice. */
    public static TrainingRun byHand(String yaml, Path folder) {
        TypeRegistry types = types();
        RunConfiguration configuration = RunConfiguration.parse(yaml, "run.yaml", types);
        DataSet data = load(configuration.data());
        Model model = Model.create(configuration.model(data.sizes()), configuration.seed());
        TrainerSettings settings = configuration.training(configuration.schedule(), data.metrics());
        Trainer trainer = new Trainer(model, configuration.optimizer(model), configuration.loss(), settings);
        RunContext context = new RunContext(new RunFolder(folder), data, types);
        configuration.listeners(context).forEach(trainer::listen);
        return new TrainingRun(trainer, context, configuration.text());
    }

    private static DataSet load(DataSource source) {
        try {
            return source.load();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines of a run's metrics file without their times. */
    public static List<String> metrics(RunFolder folder) {
        try {
            return Files.readAllLines(folder.metrics()).stream()
                    .map(line -> line.replaceAll(",\"time\":\"[^\"]*\"}$", "}"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks a run to stop after a step, as a signal would. */
    public static void stopAfter(TrainingRun run, long step) {
        run.trainer().listen(new Listener() {
            @Override
            public void stepped(StepReport report) {
                if (report.step() == step) {
                    run.trainer().stop("interrupted");
                }
            }

            @Override
            public String name() {
                return "Stop";
            }
        });
    }
}
