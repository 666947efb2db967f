package org.rnn4j.run.inject;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.AbstractModule;
import com.google.inject.ConfigurationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.api.LayerProvider;
import org.rnn4j.core.Model;
import org.rnn4j.run.Counting;
import org.rnn4j.run.HalvingRule;
import org.rnn4j.run.Runs;
import org.rnn4j.run.TrainingRun;
import org.rnn4j.training.Scores;
import org.rnn4j.training.metric.LikelihoodMetric;
import org.rnn4j.training.metric.Mean;

class TrainingModuleTest {
    @TempDir
    Path directory;

    private static Module counting() {
        return new AbstractModule() {
            @Override
            protected void configure() {
                TrainingModule.dataSources(binder()).addBinding("Counting").toInstance(Counting.class);
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
        TrainingRun wired = TrainingModule.run(file(Runs.YAML), directory.resolve("guice"), counting());
        assertEquals(expected, wired.start().scores().orElseThrow());
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
                Guice.createInjector(TrainingModule.of(file(Runs.YAML), directory.resolve("run")), counting());
        assertEquals(
                injector.getInstance(Model.class),
                injector.getInstance(TrainingRun.class).trainer().model());
    }

    @Test
    void nothingIsBoundThatWasNotSaid() throws IOException {
        Injector injector =
                Guice.createInjector(TrainingModule.of(file(Runs.YAML), directory.resolve("run")), counting());
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
        Module mine = new AbstractModule() {
            @Override
            protected void configure() {
                TrainingModule.updateRules(binder()).addBinding("acme.Halving").toInstance(HalvingRule.class);
                TrainingModule.metrics(binder()).addBinding("acme bits").toInstance(LikelihoodMetric.NATS);
                LayerProvider provider = HalvingRule::layers;
                TrainingModule.layerProviders(binder()).addBinding().toInstance(provider);
            }
        };
        TrainingRun run = TrainingModule.run(file(yaml), directory.resolve("run"), counting(), mine);
        Scores scores = run.start().scores().orElseThrow();
        assertEquals(0, scores.loss());
        assertEquals(
                0, run.trainer().model().parameter("output.bias").snapshot().toFloats()[0]);
    }
}
