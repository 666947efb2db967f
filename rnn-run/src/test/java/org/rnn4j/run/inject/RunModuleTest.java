package org.rnn4j.run.inject;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.AbstractModule;
import com.google.inject.ConfigurationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.util.Modules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.api.Spec;
import org.rnn4j.api.Types;
import org.rnn4j.core.Model;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.core.optim.UpdateRule;
import org.rnn4j.run.Counting;
import org.rnn4j.run.HalvingRule;
import org.rnn4j.run.RunServices;
import org.rnn4j.run.RunServices.DataLoader;
import org.rnn4j.run.RunServices.ModelFactory;
import org.rnn4j.run.Runs;
import org.rnn4j.run.TrainingRun;
import org.rnn4j.run.listener.Displays;
import org.rnn4j.run.listener.RunFolder;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.Scores;
import org.rnn4j.training.Trainer;
import org.rnn4j.training.listener.ProgressDisplay;
import org.rnn4j.training.metric.Mean;
import org.rnn4j.training.metric.Metric;

class RunModuleTest {
    @TempDir
    Path directory;

    private static Module counting() {
        return new AbstractModule() {
            @Override
            protected void configure() {
                bind(TypeRegistry.class).toInstance(Runs.types());
            }
        };
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(directory.resolve("run.yaml"), yaml);
    }

    @Test
    void withAndWithoutGuiceEveryLossIsEqual() throws IOException {
        TrainingRun byHand = Runs.byHand(Runs.YAML, directory.resolve("hand"));
        Scores expected = byHand.start().scores().orElseThrow();
        TrainingRun wired = RunModule.run(file(Runs.YAML), directory.resolve("guice"), counting());
        assertEquals(expected, wired.start().scores().orElseThrow());
        TrainingRun without = TrainingRun.of(
                file(Runs.YAML), new RunFolder(directory.resolve("without")), Runs.types(), RunServices.usual());
        assertEquals(expected, without.start().scores().orElseThrow());
        List<String> lines = Runs.metrics(byHand.folder());
        assertEquals(47, lines.size());
        assertEquals(lines, Runs.metrics(wired.folder()));
        assertArrayEquals(
                Files.readAllBytes(byHand.folder().checkpoint()),
                Files.readAllBytes(wired.folder().checkpoint()));
    }

    @Test
    void onePartOfARunIsOneObject() throws IOException {
        Injector injector =
                Guice.createInjector(Modules.override(new RunModule(file(Runs.YAML), directory.resolve("run")))
                        .with(counting()));
        assertEquals(
                injector.getInstance(Trainer.class),
                injector.getInstance(TrainingRun.class).trainer());
        assertSame(
                injector.getInstance(DataSet.class),
                injector.getInstance(TrainingRun.class).data());
    }

    @Test
    void nothingIsBoundThatWasNotSaid() throws IOException {
        Injector injector =
                Guice.createInjector(Modules.override(new RunModule(file(Runs.YAML), directory.resolve("run")))
                        .with(counting()));
        String message = assertThrows(ConfigurationException.class, () -> injector.getInstance(Mean.class))
                .getMessage();
        assertTrue(message.contains("Explicit bindings are required"), message);
    }

    @Test
    void anApplicationAddsRulesMetricsAndLayersByName() throws IOException {
        String yaml = Runs.YAML
                .replace("{type: Adam, ", "{type: acme.Halving, ")
                .replace("bits per character, accuracy", "acme bits")
                .replace("type: SoftmaxCrossEntropy", "type: acme.loss");
        TypeRegistry types = Runs.types()
                .and(() -> Types.of(UpdateRule.class, () -> Map.of("acme.Halving", HalvingRule.class))
                        .and(Metric.class, () -> Map.of("acme.Bits", HalvingRule.Bits.class))
                        .and(Spec.class, () -> Map.of("acme.loss", HalvingRule.NothingIsWrong.class)));
        TrainingRun run = RunModule.run(file(yaml), directory.resolve("run"), binding(TypeRegistry.class, types));
        Scores scores = run.start().scores().orElseThrow();
        assertEquals(0, scores.loss());
        assertEquals(
                0, run.trainer().model().parameter("output.bias").snapshot().toFloats()[0]);
    }

    private static <T> Module binding(Class<T> type, T instance) {
        return new AbstractModule() {
            @Override
            protected void configure() {
                bind(type).toInstance(instance);
            }
        };
    }

    /** Where files go, who loads data, who makes the model, what shows progress, and what time it is. */
    @Test
    void anApplicationReplacesServices() throws IOException {
        DataSet held = new Counting(2, 4).load();
        List<String> asked = new ArrayList<>();
        List<String> shown = new ArrayList<>();
        Module mine = new AbstractModule() {
            @Override
            protected void configure() {
                bind(TypeRegistry.class).toInstance(Runs.types());
                bind(RunFolder.class).toInstance(new RunFolder(directory.resolve("mine")));
                bind(DataLoader.class).toInstance(source -> {
                    asked.add(source.toString());
                    return held;
                });
                bind(ModelFactory.class).toInstance((spec, seed) -> {
                    asked.add("seed " + seed);
                    return Model.create(spec, 77);
                });
                bind(Displays.class).toInstance(between -> new Lines(shown));
                bind(Clock.class).toInstance(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
            }
        };
        String yaml = Runs.YAML.replace("listeners:", "listeners:\n  - ProgressBar");
        TrainingRun run = RunModule.run(file(yaml), directory.resolve("not here"), mine);
        run.start();
        assertSame(held, run.data());
        assertEquals(List.of("Counting[rows=3, steps=5]", "seed 3"), asked);
        assertEquals(77, run.trainer().model().seed());
        assertFalse(Files.exists(directory.resolve("not here")));
        assertTrue(Files.exists(directory.resolve("mine").resolve("checkpoint.safetensors")));
        assertTrue(shown.contains("ended after step 40: all 40 steps are done"), shown.toString());
        assertEquals("1970-01-01T00:00:00Z", times(run.folder().metrics()));
        assertEquals("1970-01-01T00:00:00Z", times(run.folder().record()));
    }

    /** The times in a file, each once. */
    private static String times(Path file) throws IOException {
        return Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[^\"]*Z")
                .matcher(Files.readString(file))
                .results()
                .map(MatchResult::group)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private record Lines(List<String> shown) implements ProgressDisplay {
        @Override
        public void begin(long step, long totalSteps) {}

        @Override
        public boolean due() {
            return false;
        }

        @Override
        public void show(long step, Note note) {}

        @Override
        public void print(String line) {
            shown.add(line);
        }

        @Override
        public void end() {}
    }
}
