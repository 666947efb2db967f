package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.AbstractModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.api.TypeProvider;
import org.rnn4j.api.Types;
import org.rnn4j.core.Checkpoint;
import org.rnn4j.core.SavedValues;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.core.optim.UpdateRule;
import org.rnn4j.run.TrainingRun;
import org.rnn4j.run.inject.RunModule;
import org.rnn4j.run.listener.RunFolder;
import org.rnn4j.serialization.checkpoint.CheckpointFile;
import org.rnn4j.training.Listener;
import org.rnn4j.training.metric.LikelihoodMetric;
import org.rnn4j.training.metric.Metric;
import org.rnn4j.training.metric.Tally;

/** A run that was interrupted and resumed ends with the bytes of one that was not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResumeTest {
    private static final String MODEL = """
            format: 1
            seed: 3
            data: {type: Text, file: '%s', rows: 4, steps: 16}
            model:
              chain:
                embed:  {type: Embedding, ids: $vocabulary, width: 8}
                lstm:   {type: TimeLSTM, inputs: 8, hidden: 12, stateful: true, forgetBias: 1}
                drop:   {type: Dropout, rate: 0.2}%s
                output: {type: Affine, inputs: 12, outputs: $vocabulary}
            loss: {type: SoftmaxCrossEntropy}
            """;
    /** An epoch has 29 windows, so the second one begins in the middle. */
    private static final String FORTY_STEPS = """
            optimizer: {type: Adam}
            schedule: {type: CosineWithWarmUp, rate: 0.05, steps: 40, warmUp: 5}
            training: {steps: 40, clip: 1, validateEvery: 10, metrics: [bits per character]}
            listeners:
              - ProgressBar
              - Metrics
              - {type: Curve, width: 400, height: 300}
              - BestCheckpoint
              - {type: Checkpoints, every: 7}
            """;

    private Path directory;
    private Path text;
    private Path config;
    private List<String> classPath;
    /** Started together, because a JVM takes a second to get going; two of them wait in a step for a signal. */
    private Child whole;

    private Child signalled;
    private Child killed;

    @BeforeAll
    void startRuns(@TempDir Path shared) throws IOException {
        directory = shared;
        text = Files.writeString(directory.resolve("text.txt"), text());
        String hold = "\n    hold:   {type: tests.Hold}";
        config = Files.writeString(directory.resolve("run.yaml"), MODEL.formatted(text, hold) + FORTY_STEPS);
        classPath = withHold();
        // A pass is of the step after the one that it completes.
        signalled = start("signalled", 9, command("parts"));
        killed = start("killed", 18, command("killed"));
        whole = start("whole", 0, command("whole"));
    }

    @AfterAll
    void end() {
        whole.close();
        signalled.close();
        killed.close();
    }

    private static String text() {
        String[] words = {"the", "old", "shop", "was", "dark,", "and", "a", "child", "sat", "there.\n"};
        StringBuilder builder = new StringBuilder();
        for (int i = 1; builder.length() < 2000; i = i * 7 % 1009) {
            builder.append(words[i % words.length]).append(' ');
        }
        return builder.substring(0, 2000);
    }

    // ---- in other processes

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aSignalledRunGoesOnInAnotherProcess() throws Exception {
        signalled.awaitHold();
        String signal = ignoresInterrupts() ? "TERM" : "INT";
        signalled.signal(signal);
        assertEquals(signal.equals("INT") ? 130 : 143, signalled.status());
        long stopped = stopped(signalled, 8);

        // What the first process has printed is what starts the second.
        try (Child second = start("second", 6, said(signalled))) {
            second.awaitHold();
            second.signal("TERM");
            assertEquals(143, second.status());
            stopped(second, stopped + 5);
            try (Child third = start("third", 0, said(second))) {
                assertFinished(third);
            }
        }
        assertFinished(whole);
        assertSameRun("whole", "parts");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aKilledRunGoesOnFromItsLastCheckpoint() throws Exception {
        killed.awaitHold();
        try (Child second = start("beside", 0, command("killed", "--resume"))) {
            assertEquals(1, second.status());
            String folder = directory.resolve("killed").toString();
            assertTrue(
                    second.err()
                            .matches("\\Qthe run folder " + folder + " is in use by process \\E[0-9]+"
                                    + "\\Q: wait until that run has ended, or stop it, or choose another folder\\E\\R"),
                    second.err());
        }
        killed.signal("KILL");
        assertEquals(137, killed.status());
        assertEquals("", killed.err());
        assertEquals(14, savedStep("killed"));
        assertEquals(1 + 17 + 1, Files.readAllLines(metrics("killed")).size(), "baselines, steps, and a validation");
        // A process can die while it writes a line.
        Files.writeString(metrics("killed"), "{\"step\":18,\"ep", StandardOpenOption.APPEND);

        // The system has taken the lock from the dead process; what is left of it is in nobody's way.
        assertTrue(Files.exists(new RunFolder(directory.resolve("killed")).lockFile()));
        try (Child rest = start("rest", 0, command("killed", "--resume"))) {
            assertFinished(rest);
        }
        assertFinished(whole);
        assertSameRun("whole", "killed");
    }

    /** The class path with a services file that brings {@link Hold}. */
    private List<String> withHold() throws IOException {
        Path services = Files.createDirectories(directory.resolve("hold/META-INF/services"));
        Files.writeString(services.resolve(TypeProvider.class.getName()), Hold.Provider.class.getName());
        List<String> result = new ArrayList<>(Child.classPath());
        result.add(directory.resolve("hold").toString());
        return result;
    }

    private Child start(String name, int holdAt, String... command) throws IOException {
        return Child.start(
                directory.resolve(name + "-says"), classPath, Map.of(Hold.AT, Integer.toString(holdAt)), command);
    }

    private String[] command(String folder, String... more) {
        List<String> command = new ArrayList<>(List.of("quickstart", "--config", config.toString()));
        command.addAll(List.of("--folder", directory.resolve(folder).toString()));
        command.addAll(List.of(more));
        return command.toArray(String[]::new);
    }

    /** The command that a process has printed. */
    private static String[] said(Child child) throws IOException {
        Matcher said = Pattern.compile("Go on with: \\./rnn (.*)").matcher(child.out());
        assertTrue(said.find(), child.out());
        return said.group(1).split(" ");
    }

    /** Saved after the step in which the signal came, or so soon after that the JVM was still telling its hooks. */
    private long stopped(Child child, long step) throws IOException {
        assertEquals("", child.err());
        assertTrue(child.out().contains("interrupted: finishing the step and saving"), child.out());
        long saved = savedStep("parts");
        assertTrue(step <= saved && saved < 40, "saved at step " + saved + ", the signal came in step " + step);
        return saved;
    }

    private void assertFinished(Child child) throws Exception {
        assertEquals(0, child.status());
        assertEquals("", child.err());
        assertTrue(child.out().contains("What it writes"), child.out());
    }

    /** Whether processes that this one starts will not hear of SIGINT: a shell that runs a job in the background has it so. */
    private static boolean ignoresInterrupts() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    }

    private Path metrics(String folder) {
        return new RunFolder(directory.resolve(folder)).metrics();
    }

    // ---- in this process

    /** With rates at which training soon gets worse, so that the schedule divides them. */
    private static final Map<String, Double> RATES = Map.of(
            "Sgd", 20.0, "Momentum", 5.0, "Nesterov", 5.0, "AdaGrad", 0.5, "RmsProp", 0.2, "Adam", 2.0, "AdamW", 2.0);

    static Set<String> rules() {
        return new TreeSet<>(TypeRegistry.load().types(UpdateRule.class).keySet());
    }

    @Test
    void everyRuleIsTried() {
        assertEquals(RATES.keySet(), rules());
    }

    /** Early stopping ends both runs after step 10: its count must be saved, like the losses that the schedule looks at. */
    @ParameterizedTest
    @MethodSource("rules")
    void tenStepsAreFiveSavedLoadedAndFive(String rule) throws IOException {
        String yaml = MODEL.formatted(text, "") + """
                optimizer: {type: %s, weightDecay: 0.01, groups: [{pattern: embed.*, rateFactor: 0.5}]}
                schedule: {type: DivideWhenWorse, rate: %s}
                training: {steps: 20, clip: 1, validateEvery: 1, metrics: [never better]}
                listeners: [Metrics, BestCheckpoint, {type: EarlyStopping, patience: 9}, Checkpoints]
                """.formatted(rule, RATES.get(rule));
        Path file = Files.writeString(directory.resolve(rule + ".yaml"), yaml);
        String expected = rule + "-whole";
        String found = rule + "-parts";
        Listener.Ending ending = new Listener.Ending(10, "no better validation in the last 9", true, false);
        assertEquals(ending, run(file, expected).start().ending());

        TrainingRun first = run(file, found);
        first.trainer().listen(new Listener() {
            @Override
            public void completed(long step) {
                if (step == 5) {
                    first.trainer().stop("half of it");
                }
            }
        });
        assertEquals(
                new Listener.Ending(5, "half of it", false, false),
                first.start().ending());
        assertEquals(ending, run(file, found).resume().ending());
        assertSameRun(expected, found);
        String sixth = Files.readAllLines(metrics(found)).stream()
                .filter(line -> line.startsWith("{\"step\":6,\"epoch\""))
                .findFirst()
                .orElseThrow();
        assertFalse(
                sixth.contains("\"rate\":" + RATES.get(rule) + ","),
                () -> "the schedule had no reason yet to divide the rate: " + sixth);
    }

    /** Averaging begins before one interruption and after the other; the files that are served hold the means. */
    @Test
    void averagesAreResumed() throws IOException {
        String yaml = MODEL.formatted(text, "") + """
                optimizer: {type: Sgd, groups: [{pattern: "*.b*", weightDecay: 0}], weightDecay: 0.01}
                schedule: {type: ConstantRate, rate: 15}
                training: {steps: 14, clip: 1, validateEvery: 1, averageAfter: 1}
                listeners: [Metrics, BestCheckpoint, Checkpoints]
                """;
        Path file = Files.writeString(directory.resolve("averaged.yaml"), yaml);
        assertTrue(run(file, "averaged-whole").start().ending().finished());
        for (long at : List.of(2L, 9L)) {
            TrainingRun part = run(file, "averaged-parts");
            part.trainer().listen(new Listener() {
                @Override
                public void completed(long step) {
                    if (step == at) {
                        part.trainer().stop("a break");
                    }
                }
            });
            assertFalse((at == 2 ? part.start() : part.resume()).ending().finished());
            Checkpoint saved = CheckpointFile.load(part.folder().checkpoint(), TypeRegistry.load());
            assertEquals(at == 9, saved.progress().containsKey("averaged"));
        }
        TrainingRun rest = run(file, "averaged-parts");
        assertTrue(rest.resume().ending().finished());
        assertSameRun("averaged-whole", "averaged-parts");
        Checkpoint end = CheckpointFile.load(rest.folder().checkpoint(), TypeRegistry.load());
        assertArrayEquals(
                rest.trainer().model().parameter("output.weight").values(),
                end.model().parameter("output.weight").values());
    }

    private TrainingRun run(Path file, String folder) {
        return RunModule.run(file, directory.resolve(folder), new AbstractModule() {
            @Override
            protected void configure() {
                bind(TypeRegistry.class)
                        .toInstance(TypeRegistry.load()
                                .and(() ->
                                        Types.of(Metric.class, () -> Map.of("tests.NeverBetter", NeverBetter.class))));
            }
        });
    }

    /** Of this, only the first validation is the best so far. */
    public record NeverBetter() implements Metric {
        @Override
        public String label() {
            return "never better";
        }

        @Override
        public Tally begin() {
            return LikelihoodMetric.NATS.begin();
        }

        @Override
        public boolean better(double value, double than) {
            return false;
        }
    }

    // ---- both

    private long savedStep(String folder) throws IOException {
        Path file = new RunFolder(directory.resolve(folder)).checkpoint();
        TypeRegistry layers = TypeRegistry.of(Stream.concat(
                        ServiceLoader.load(TypeProvider.class).stream().map(ServiceLoader.Provider::get),
                        Stream.of(new Hold.Provider()))
                .toList());
        return SavedValues.number(CheckpointFile.load(file, layers).progress(), "step");
    }

    private List<String> metricsWithoutTimes(String folder) throws IOException {
        return Files.readAllLines(metrics(folder)).stream()
                .map(line -> line.replaceFirst(",\"time\":\"[^\"]*\"}$", "}"))
                .toList();
    }

    private void assertSameRun(String expected, String found) throws IOException {
        RunFolder one = new RunFolder(directory.resolve(expected));
        RunFolder other = new RunFolder(directory.resolve(found));
        assertEquals(files(one), files(other));
        assertEquals(metricsWithoutTimes(expected), metricsWithoutTimes(found));
        assertArrayEquals(Files.readAllBytes(one.checkpoint()), Files.readAllBytes(other.checkpoint()));
        assertArrayEquals(Files.readAllBytes(one.best()), Files.readAllBytes(other.best()));
    }

    private static List<String> files(RunFolder folder) throws IOException {
        try (Stream<Path> files = Files.list(folder.path())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
