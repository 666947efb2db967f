package org.rnn4j.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.run.RunConfiguration;
import org.rnn4j.run.RunServices;
import org.rnn4j.run.TrainingRun;
import org.rnn4j.run.listener.RunFolder;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.Listener;
import org.rnn4j.training.data.DataSource;

/** Every configuration file of the examples, with a few steps: interrupted and resumed, it ends with the bytes of a run that was not. */
class ExamplesTest {
    private static final Path CONFIGURATIONS = Path.of("config");
    private static final int STEPS = 5;
    private static final int INTERRUPTED = 3;

    /** What makes a file quick, by the type of its data: little of it, and few words. */
    private static final Map<String, Map<String, Object>> SMALL = Map.of(
            "SumsSource", Map.of("data.train", 200, "data.judged", 20),
            "DatesSource", Map.of("data.train", 200, "data.judged", 20),
            "LocaleNamesSource", Map.of("data.codes", List.of("fi", "hu")),
            "TextSource",
                    Map.of(
                            "data.train",
                            0.05,
                            "data.validation",
                            0.01,
                            "data.maximumSize",
                            300,
                            "data.rows",
                            4,
                            "data.steps",
                            10),
            // Its validation part takes a second.
            "GlossesSource", Map.of("data.minimumCount", 3000, "training.validateEvery", STEPS),
            "RatedGlossesSource", Map.of("data.minimumCount", 3000));

    private final TypeRegistry types = TypeRegistry.load();

    static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(CONFIGURATIONS, 2)) {
            return all.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    private RunConfiguration small(Path file) {
        RunConfiguration read = RunConfiguration.read(file, types);
        Map<String, Object> changes =
                new LinkedHashMap<>(SMALL.getOrDefault(read.data().getClass().getSimpleName(), Map.of()));
        changes.put("training.epochs", null);
        changes.put("training.steps", STEPS);
        changes.putIfAbsent("training.validateEvery", 2);
        for (Map.Entry<String, Object> change : changes.entrySet()) {
            read = read.with(change.getKey(), change.getValue());
        }
        return read;
    }

    /** The data is read once for the runs of a file: that takes most of their time. */
    private static RunServices services() {
        RunServices usual = RunServices.usual();
        Map<DataSource, DataSet> loaded = new HashMap<>();
        return usual.with((DataSource source) -> {
            if (!loaded.containsKey(source)) {
                loaded.put(source, usual.data().load(source));
            }
            return loaded.get(source);
        });
    }

    private TrainingRun run(RunConfiguration configuration, Path folder, RunServices services) {
        return TrainingRun.of(configuration, new RunFolder(folder), types, services);
    }

    @ParameterizedTest
    @MethodSource("files")
    void anInterruptedRunEndsWithTheBytesOfOneThatWasNot(Path file, @TempDir Path directory) throws IOException {
        RunConfiguration configuration = small(file);
        RunServices services = services();
        TrainingRun whole = run(configuration, directory.resolve("whole"), services);
        assertTrue(whole.start().ending().finished());

        TrainingRun interrupted = run(configuration, directory.resolve("interrupted"), services);
        interrupted.trainer().listen(new Listener() {
            @Override
            public void stepped(StepReport report) {
                if (report.step() == INTERRUPTED) {
                    interrupted.trainer().stop("enough");
                }
            }
        });
        assertFalse(interrupted.start().ending().finished());
        TrainingRun resumed = run(configuration, directory.resolve("interrupted"), services);
        assertEquals(STEPS, resumed.resume().ending().step());

        assertArrayEquals(
                Files.readAllBytes(whole.folder().checkpoint()),
                Files.readAllBytes(resumed.folder().checkpoint()));
        assertEquals(
                whole.folder().files().stream().map(Path::getFileName).toList(),
                resumed.folder().files().stream().map(Path::getFileName).toList());
    }

    @Test
    void everyExampleThatTrainsHasFilesOfItsOwn() throws IOException {
        List<String> folders = files().stream()
                .map(file -> file.getParent().getFileName().toString())
                .distinct()
                .toList();
        assertEquals(
                List.of(
                        "addition",
                        "better-rnnlm",
                        "dates",
                        "forecast",
                        "initial-values",
                        "names",
                        "parity",
                        "config",
                        "rnnlm",
                        "sentiment"),
                folders);
    }
}
