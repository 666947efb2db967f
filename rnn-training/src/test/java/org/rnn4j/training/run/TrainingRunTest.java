package org.rnn4j.training.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.core.LayerRegistry;
import org.rnn4j.serialization.Checkpoint;
import org.rnn4j.serialization.ConfigException;
import org.rnn4j.serialization.JsonFile;
import org.rnn4j.training.Listener;
import org.rnn4j.training.TrainingException;
import org.rnn4j.training.listener.RunFolder;
import org.rnn4j.training.metric.Auc;
import org.rnn4j.training.metric.F1Metric;
import org.rnn4j.training.metric.Mase;
import org.rnn4j.training.metric.Metric;
import org.rnn4j.training.metric.SequenceMetric;
import org.rnn4j.training.metric.Smape;

class TrainingRunTest {
    @TempDir
    Path directory;

    @Test
    void metricsAreNamedByTheirLabels() {
        String yaml = Runs.YAML.replace("bits per character, accuracy", "MASE, sMAPE, macro F1, AUC, exact match");
        RunConfiguration configuration = RunConfiguration.parse(yaml, "run.yaml", Runs.types());
        // What the data brings comes before what every run can name.
        List<Metric> metrics = configuration
                .training(configuration.schedule(), List.of(new Mase(2), new Smape(-1)))
                .metrics();
        assertEquals(
                List.of(new Mase(2), new Smape(-1), F1Metric.MACRO, new Auc(), SequenceMetric.EXACT_MATCH), metrics);
        String message = assertThrows(
                        ConfigException.class, () -> configuration.training(configuration.schedule(), List.of()))
                .getMessage();
        assertTrue(message.contains("unknown metric MASE"), message);
    }

    @Test
    void aRunLeavesAllOfItsFilesAndNothingElse() throws IOException {
        TrainingRun run = Runs.byHand(Runs.YAML, directory.resolve("new/run"));
        TrainingRun.Result result = run.start();
        assertEquals(new Listener.Ending(40, "all 40 steps are done", true, false), result.ending());
        assertTrue(
                result.scores().orElseThrow().metrics().get("bits per character") < 2.8,
                "the model did not learn to count");
        try (var files = Files.list(run.folder().path())) {
            assertEquals(
                    List.of(
                            "best.safetensors",
                            "checkpoint.safetensors",
                            "config.yaml",
                            "curve.png",
                            "metrics.jsonl",
                            "run.json"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
        assertEquals(Runs.YAML, Files.readString(run.folder().configuration()));
        // A line for the baselines, 40 for the steps, and one for each validation: after every 7 steps, and at the end.
        assertEquals(1 + 40 + 5 + 1, Runs.metrics(run.folder()).size());
    }

    @Test
    void resumedRunsEndLikeUninterruptedOnes() throws IOException {
        RunFolder whole = new RunFolder(directory.resolve("whole"));
        Runs.byHand(Runs.YAML, whole.path()).start();
        RunFolder parts = new RunFolder(directory.resolve("parts"));
        for (long stop : new long[] {13, 14, 29}) {
            TrainingRun run = Runs.byHand(Runs.YAML, parts.path());
            Runs.stopAfter(run, stop);
            TrainingRun.Result result = stop == 13 ? run.start() : run.resume();
            assertEquals(new Listener.Ending(stop, "interrupted", false, false), result.ending());
        }
        assertTrue(Runs.byHand(Runs.YAML, parts.path()).resume().ending().finished());

        assertEquals(Runs.metrics(whole), Runs.metrics(parts));
        assertArrayEquals(Files.readAllBytes(whole.checkpoint()), Files.readAllBytes(parts.checkpoint()));
        assertArrayEquals(Files.readAllBytes(whole.best()), Files.readAllBytes(parts.best()));
        assertArrayEquals(Files.readAllBytes(whole.curve()), Files.readAllBytes(parts.curve()));
    }

    @Test
    void aKilledRunGoesOnFromItsLastCheckpoint() throws IOException {
        TrainingRun whole = Runs.byHand(Runs.YAML, directory.resolve("whole"));
        whole.start();
        TrainingRun killed = Runs.byHand(Runs.YAML, directory.resolve("killed"));
        killed.trainer().listen(new Listener() {
            @Override
            public void stepped(StepReport report) {
                if (report.step() == 17) {
                    throw new IllegalStateException("killed");
                }
            }
        });
        assertThrows(IllegalStateException.class, killed::start);
        assertEquals(
                10L,
                Checkpoint.load(killed.folder().checkpoint(), LayerRegistry.load())
                        .progress()
                        .get("step"));
        Runs.byHand(Runs.YAML, killed.folder().path()).resume();
        assertEquals(Runs.metrics(whole.folder()), Runs.metrics(killed.folder()));
        assertArrayEquals(
                Files.readAllBytes(whole.folder().checkpoint()),
                Files.readAllBytes(killed.folder().checkpoint()));
    }

    @Test
    void runJsonTellsOfEachProcess() throws IOException {
        TrainingRun first = Runs.byHand(Runs.YAML, directory.resolve("run"));
        Runs.stopAfter(first, 13);
        first.start();
        Runs.byHand(Runs.YAML, directory.resolve("run")).resume();
        Map<String, Object> record = JsonFile.read(first.folder().record());
        assertEquals(3L, record.get("seed"));
        List<?> processes = (List<?>) record.get("processes");
        assertEquals(2, processes.size());
        Map<?, ?> process = (Map<?, ?>) processes.get(0);
        assertEquals(0L, process.get("firstStep"));
        assertEquals(13L, process.get("lastStep"));
        assertEquals("interrupted", process.get("ending"));
        assertEquals(13L, ((Map<?, ?>) processes.get(1)).get("firstStep"));
        assertEquals("all 40 steps are done", ((Map<?, ?>) processes.get(1)).get("ending"));
        assertTrue(process.get("java").toString().startsWith(System.getProperty("java.runtime.version")));
        assertTrue(
                process.get("started").toString().compareTo(process.get("ended").toString()) <= 0);
    }

    @Test
    void aFailedRunIsNotSaved() {
        String wild = Runs.YAML.replace("rate: 0.05", "rate: 1e30").replace("clip: 1,", "");
        TrainingRun run = Runs.byHand(wild, directory.resolve("run"));
        TrainingException e = assertThrows(TrainingException.class, run::start);
        assertTrue(e.getMessage().contains("no checkpoint was saved"), e.getMessage());
        assertFalse(Files.exists(run.folder().checkpoint()));
    }

    @Test
    void aRunIsStartedOnce() {
        TrainingRun run = Runs.byHand(Runs.YAML, directory.resolve("run"));
        run.start();
        assertEquals(
                "this run was started already: make another one to go on",
                assertThrows(IllegalStateException.class, run::resume).getMessage());
    }

    @Test
    void withoutAListOfListenersTheUsualOnesWatch() {
        String yaml = Runs.YAML.substring(0, Runs.YAML.indexOf("listeners:"));
        RunConfiguration configuration = RunConfiguration.parse(yaml, "run.yaml", Runs.types());
        assertEquals(
                List.of("ProgressBar", "Metrics", "Curve", "BestCheckpoint", "Checkpoints"),
                configuration.listeners().stream()
                        .map(spec -> spec.getClass().getSimpleName())
                        .toList());
    }
}
