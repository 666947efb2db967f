package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.rnn4j.core.SavedValues;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.run.TrainingRun;
import org.rnn4j.run.inject.RunModule;
import org.rnn4j.run.listener.RunFolder;
import org.rnn4j.serialization.checkpoint.CheckpointFile;
import org.rnn4j.training.Listener;

/**
 * A run of milliseconds that leaves every kind of file behind: an LSTM with dropout and a carried state, with Adam, that learns a text.
 *
 * @param config its configuration
 * @param folder where it runs
 */
record SmallRun(Path config, RunFolder folder) {
    static final int STEPS = 12;
    /** Between two checkpoints. */
    static final int EVERY = 3;

    /** Whether the curve is drawn, which takes longer than all else; where it is not, the best checkpoint is written last, and not first. */
    enum Picture {
        DRAWN("Metrics, {type: Curve, width: 200, height: 200}, BestCheckpoint, {type: Checkpoints, every: %d}"),
        NONE("Metrics, {type: Checkpoints, every: %d}, BestCheckpoint");

        private final String listeners;

        Picture(String listeners) {
            this.listeners = listeners;
        }
    }

    /** Writes the configuration and the text. */
    static Path configuration(Path directory, Picture picture) throws IOException {
        Path text = Files.writeString(
                directory.resolve("text.txt"), "the old shop was dark, and a child sat there. ".repeat(8));
        return Files.writeString(
                directory.resolve("run.yaml"), """
                format: 1
                seed: 3
                data: {type: Text, file: '%s', rows: 2, steps: 5}
                model:
                  chain:
                    embed:  {type: Embedding, ids: $vocabulary, width: 3}
                    lstm:   {type: TimeLSTM, inputs: 3, hidden: 4, stateful: true}
                    drop:   {type: Dropout, rate: 0.2}
                    output: {type: Affine, inputs: 4, outputs: $vocabulary}
                loss: {type: SoftmaxCrossEntropy}
                optimizer: {type: Adam}
                schedule: {type: ConstantRate, rate: 0.05}
                training: {steps: %d, clip: 1, validateEvery: 4, metrics: [bits per character]}
                listeners: [%s]
                """.formatted(text, STEPS, picture.listeners.formatted(EVERY)));
    }

    static SmallRun in(Path config, Path folder) {
        return new SmallRun(config, new RunFolder(folder));
    }

    /** Goes on where there is something saved, as a user would, and begins where there is not. */
    Listener.Ending goOn() {
        TrainingRun run = run();
        return (isSaved() ? run.resume() : run.start()).ending();
    }

    TrainingRun run() {
        return RunModule.run(config, folder.path());
    }

    boolean isSaved() {
        return Files.exists(folder.checkpoint());
    }

    /** The last step of a checkpoint that was saved, as far as anyone was told. */
    static AtomicLong saves(TrainingRun run) {
        AtomicLong saved = new AtomicLong();
        // Behind the listener that saves.
        run.trainer().listen(new Listener() {
            @Override
            public void completed(long step) {
                if (step % EVERY == 0) {
                    saved.set(step);
                }
            }

            @Override
            public String name() {
                return "Saves";
            }
        });
        return saved;
    }

    long savedStep() throws IOException {
        return SavedValues.number(
                CheckpointFile.load(folder.checkpoint(), TypeRegistry.load()).progress(), "step");
    }

    /** The names of its files, but for those that were found damaged. */
    List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.path())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> !file.contains(".damaged-"))
                    .sorted()
                    .toList();
        }
    }

    /** Whether lines of it that could not be read were put aside. */
    private boolean isAside(Path file) throws IOException {
        try (Stream<Path> files = Files.list(folder.path())) {
            return files.anyMatch(other -> other.getFileName().toString().startsWith(file.getFileName() + ".damaged-"));
        }
    }

    private List<String> metrics() throws IOException {
        return Files.readAllLines(folder.metrics()).stream()
                .map(line -> line.replaceFirst(",\"time\":\"[^\"]*\"}$", "}"))
                .toList();
    }

    /** Everything but times is the same, and nothing is left over. */
    void assertSameAs(SmallRun whole) throws IOException {
        assertArrayEquals(
                Files.readAllBytes(whole.folder.checkpoint()),
                Files.readAllBytes(folder.checkpoint()),
                "the checkpoint");
        assertArrayEquals(Files.readAllBytes(whole.folder.best()), Files.readAllBytes(folder.best()), "the best one");
        if (!isAside(folder.metrics())) {
            assertEquals(String.join("\n", whole.metrics()), String.join("\n", metrics()), "the metrics");
        }
        assertEquals(whole.files(), files());
    }
}
