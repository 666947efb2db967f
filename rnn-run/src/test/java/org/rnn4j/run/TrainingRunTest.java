package org.rnn4j.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.run.listener.RunFolder;
import org.rnn4j.serialization.checkpoint.CheckpointFile;
import org.rnn4j.serialization.configuration.ConfigException;
import org.rnn4j.serialization.configuration.JsonFile;
import org.rnn4j.training.Listener;
import org.rnn4j.training.Training;
import org.rnn4j.training.TrainingException;
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

    /** The run's length is a setting of such a schedule; the numbers of steps that stood in a file before are none of it. */
    @Test
    void aScheduleOverTheWholeRunGoesOnWithAsManySteps() throws IOException {
        String counted = "schedule: {type: CosineWithWarmUp, rate: 0.05, steps: 34, warmUp: 3}";
        String whole = "schedule: {type: CosineWithWarmUp, rate: 0.05, warmUp: 0.1}";
        String yaml = Runs.YAML
                .replace("schedule: {type: ConstantRate, rate: 0.05}", whole)
                .replace("epochs: 2", "steps: 34");
        TrainingRun first = Runs.byHand(yaml, directory.resolve("run"));
        Runs.stopAfter(first, 13);
        first.start();

        TrainingRun longer = Runs.byHand(yaml.replace("steps: 34", "steps: 68"), directory.resolve("run"));
        assertEquals(
                "the schedule goes over the whole run, and schedule.steps is 34 in the checkpoint, but 68 here: resume with as many"
                        + " steps as before, or allow the change by name (--allow-changed schedule)",
                assertThrows(IllegalArgumentException.class, longer::resume).getMessage());
        TrainingRun resumed = Runs.byHand(yaml, directory.resolve("run"));
        assertTrue(resumed.resume().ending().finished());

        TrainingRun byCount = Runs.byHand(yaml.replace(whole, counted), directory.resolve("counted"));
        byCount.start();
        assertEquals(Runs.metrics(byCount.folder()), Runs.metrics(resumed.folder()));

        TrainingRun rising = Runs.byHand(yaml.replace("warmUp: 0.1", "warmUp: 3"), directory.resolve("rising"));
        rising.start();
        assertEquals(Runs.metrics(byCount.folder()), Runs.metrics(rising.folder()));

        TrainingRun allowed = Runs.byHand(yaml.replace("steps: 34", "steps: 36"), directory.resolve("run"));
        assertEquals(36, allowed.resume(Set.of("schedule")).ending().step());
    }

    @Test
    void aConfigurationWithAnotherValueIsWhatTheRunKeeps() throws IOException {
        RunConfiguration read = RunConfiguration.parse(Runs.YAML, "run.yaml", Runs.types());
        RunConfiguration other =
                read.with("seed", 8).with("training.epochs", null).with("training.steps", 4);
        assertEquals(8, other.seed());
        assertEquals(3, read.seed());
        TrainingRun run =
                TrainingRun.of(other, new RunFolder(directory.resolve("run")), Runs.types(), RunServices.usual());
        assertEquals(4, run.start().ending().step());
        RunConfiguration kept = RunConfiguration.read(run.folder().configuration(), Runs.types());
        assertEquals(other.text(), kept.text());
        assertEquals(other.model(run.data().sizes()), kept.model(run.data().sizes()));
        assertThrows(IllegalArgumentException.class, () -> read.with("seed.more", 1));
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
                CheckpointFile.load(killed.folder().checkpoint(), TypeRegistry.load())
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

    // ---- what a power loss, a kill, an interrupt and a second process leave

    private RunFolder whole() {
        TrainingRun whole = Runs.byHand(Runs.YAML, directory.resolve("whole"));
        whole.start();
        return whole.folder();
    }

    /** A run that was stopped after step 13. */
    private RunFolder part() {
        TrainingRun part = Runs.byHand(Runs.YAML, directory.resolve("part"));
        Runs.stopAfter(part, 13);
        part.start();
        return part.folder();
    }

    private static void assertSameRun(RunFolder expected, RunFolder found) throws IOException {
        assertEquals(Runs.metrics(expected), Runs.metrics(found));
        assertArrayEquals(Files.readAllBytes(expected.checkpoint()), Files.readAllBytes(found.checkpoint()));
        assertArrayEquals(Files.readAllBytes(expected.best()), Files.readAllBytes(found.best()));
    }

    @Test
    void damagedBookkeepingIsPutAsideAndTheRunGoesOn() throws IOException {
        RunFolder part = part();
        Files.writeString(part.record(), "");
        String lines = Files.readString(part.metrics());
        int fifth = lines.indexOf("{\"step\":5,");
        String damaged = lines.substring(0, fifth) + "\0\0\0\0\n" + lines.substring(fifth) + "\0\0\n";
        Files.writeString(part.metrics(), damaged);
        assertTrue(Runs.byHand(Runs.YAML, part.path()).resume().ending().finished());
        assertSameRun(whole(), part);
        assertEquals("", Files.readString(part.path().resolve("run.json.damaged-1")));
        assertEquals(damaged, Files.readString(part.path().resolve("metrics.jsonl.damaged-1")));
        assertEquals(1, ((List<?>) JsonFile.read(part.record()).get("processes")).size());
    }

    @Test
    void whatKilledWritesLeftIsRemovedWhenTheRunGoesOn() throws IOException {
        RunFolder part = part();
        Path left = part.path().resolve(".checkpoint.safetensors.6b1e7d5c-0d7b-4f0e-9f43-1c2f3a4b5c6d.tmp");
        Path other = part.path().resolve(".checkpoint.safetensors.tmp");
        Files.write(left, new byte[10]);
        Files.write(other, new byte[10]);
        Runs.byHand(Runs.YAML, part.path()).resume();
        assertFalse(Files.exists(left));
        assertTrue(Files.exists(other));
    }

    /** The interrupt comes in step 13, and as early as before the first step of the next process. */
    @Test
    void anInterruptedThreadStopsAndSaves() throws IOException {
        TrainingRun part = Runs.byHand(Runs.YAML, directory.resolve("part"));
        part.trainer().listen(new Listener() {
            @Override
            public void stepped(StepReport report) {
                if (report.step() == 13) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        Listener.Ending interrupted = new Listener.Ending(13, "interrupted", false, false);
        assertEquals(interrupted, part.start().ending());
        assertTrue(Thread.currentThread().isInterrupted(), "the thread is interrupted when the run has ended");
        assertEquals(
                interrupted,
                Runs.byHand(Runs.YAML, part.folder().path()).resume().ending());
        assertTrue(Thread.interrupted());
        TrainingRun next = Runs.byHand(Runs.YAML, part.folder().path());
        next.trainer().listen(new Listener() {
            @Override
            public void started(Training trainer) {
                Thread.currentThread().interrupt();
            }
        });
        assertEquals(interrupted, next.resume().ending());
        assertTrue(Thread.interrupted());
        Runs.byHand(Runs.YAML, part.folder().path()).resume();
        assertSameRun(whole(), part.folder());
    }

    @Test
    void aFolderIsForOneRunAtATime() throws IOException {
        TrainingRun run = Runs.byHand(Runs.YAML, directory.resolve("part"));
        List<String> refused = new ArrayList<>();
        run.trainer().listen(new Listener() {
            @Override
            public void completed(long step) {
                if (step == 11) {
                    TrainingRun second = Runs.byHand(Runs.YAML, run.folder().path());
                    refused.add(assertThrows(IllegalStateException.class, second::resume)
                            .getMessage());
                }
            }
        });
        run.start();
        assertEquals(
                List.of("the run folder " + run.folder().path() + " is in use already, in this very process: wait until"
                        + " that run has ended, or stop it, or choose another folder"),
                refused);
        assertSameRun(whole(), run.folder());
        assertTrue(Runs.byHand(Runs.YAML, run.folder().path()).resume().ending().finished(), "the lock is released");
    }

    /** While the run trains, its folder becomes another run's, or only its lock does: nothing is written there any more. */
    @Test
    void aRunWhoseFolderIsReplacedStops() throws IOException {
        for (boolean whole : List.of(true, false)) {
            TrainingRun run = Runs.byHand(Runs.YAML, directory.resolve("replaced " + whole));
            RunFolder folder = run.folder();
            Path old = directory.resolve("old " + whole);
            run.trainer().listen(new Listener() {
                @Override
                public void completed(long step) {
                    if (step == 11) {
                        try {
                            Files.move(whole ? folder.path() : folder.lockFile(), old);
                            Files.createDirectories(folder.path());
                            Files.writeString(folder.lockFile(), "another's");
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }
                }
            });
            String message =
                    assertThrows(IllegalStateException.class, run::start).getMessage();
            assertEquals(
                    "the run folder " + folder.path() + " was removed or replaced while this run was using it (its"
                            + " run.lock is no longer the one that this run made): nothing more is written there",
                    message);
            assertEquals("another's", Files.readString(folder.lockFile()));
            if (whole) {
                assertEquals(List.of(), folder.files());
                assertEquals(
                        10L,
                        CheckpointFile.load(old.resolve("checkpoint.safetensors"), TypeRegistry.load())
                                .progress()
                                .get("step"));
            }
        }
    }

    /** Not at the first validation, which may be hours later. */
    @Test
    void aFolderInTheBestCheckpointsPlaceIsNoticedAtTheStart() throws IOException {
        RunFolder folder = new RunFolder(directory.resolve("run"));
        Files.createDirectories(folder.best());
        TrainingRun run = Runs.byHand(Runs.YAML, folder.path());
        String message = assertThrows(UncheckedIOException.class, run::start).getMessage();
        assertEquals(
                "the checkpoint " + folder.best() + " cannot be saved: it is a directory; expected a file that may be"
                        + " replaced, or none. When that is mended, begin again: nothing was saved yet",
                message);
        assertEquals(0, run.trainer().step());
    }

    /** A listener that fails before the others are told that the run begins: they have nothing to end. */
    @Test
    void aFailureAtTheStartIsTheOnlyOne() throws IOException {
        RunFolder folder = new RunFolder(directory.resolve("run"));
        Files.createDirectories(folder.metrics().resolve("in the way"));
        UncheckedIOException failure =
                assertThrows(UncheckedIOException.class, Runs.byHand(Runs.YAML, folder.path())::start);
        assertEquals(List.of(), List.of(failure.getSuppressed()));
        assertEquals(
                "the metrics file " + folder.metrics()
                        + " cannot be written: it is a directory, and not empty. When that is mended, begin again: nothing was"
                        + " saved yet",
                failure.getMessage());
        Files.delete(folder.metrics().resolve("in the way"));
        assertTrue(Runs.byHand(Runs.YAML, folder.path()).start().ending().finished(), "the lock is released");
    }

    @Test
    void aDamagedCheckpointIsNamedWithItsCure() throws IOException {
        RunFolder part = part();
        byte[] bytes = Files.readAllBytes(part.checkpoint());
        bytes[bytes.length - 1] ^= 1;
        Files.write(part.checkpoint(), bytes);
        String message = assertThrows(UncheckedIOException.class, Runs.byHand(Runs.YAML, part.path())::resume)
                .getMessage();
        assertTrue(message.startsWith("the checkpoint " + part.checkpoint() + ": "), message);
        assertTrue(message.contains("is damaged"), message);
        assertTrue(
                message.endsWith(
                        "; copy best.safetensors over it, from which a run can go on too, or begin a new run in"
                                + " another folder"),
                message);
        assertArrayEquals(bytes, Files.readAllBytes(part.checkpoint()));
        Files.copy(part.best(), part.checkpoint(), StandardCopyOption.REPLACE_EXISTING);
        assertTrue(Runs.byHand(Runs.YAML, part.path()).resume().ending().finished());

        Files.write(part.checkpoint(), bytes);
        Files.delete(part.best());
        message = assertThrows(UncheckedIOException.class, Runs.byHand(Runs.YAML, part.path())::resume)
                .getMessage();
        assertTrue(message.endsWith("; put an older copy in its place or begin a new run in another folder"), message);
    }

    /** A record that cannot be read is not taken for damaged, and what is said of it is said once. */
    @Test
    void aRecordThatCannotBeReadStopsTheRun() throws IOException {
        RunFolder folder = new RunFolder(directory.resolve("run"));
        assertTrue(Runs.byHand(Runs.YAML, folder.path()).start().ending().finished());
        Files.delete(folder.record());
        Files.createDirectories(folder.record().resolve("in the way"));
        UncheckedIOException read =
                assertThrows(UncheckedIOException.class, Runs.byHand(Runs.YAML, folder.path())::resume);
        assertEquals(
                "the run's record " + folder.record()
                        + " cannot be read: is a directory; expected a JSON object. When that is mended, go on from the"
                        + " last checkpoint (--resume)",
                read.getMessage());
        assertTrue(Files.isDirectory(folder.record()));

        RunFolder other = new RunFolder(directory.resolve("other"));
        Files.createDirectories(other.record().resolve("in the way"));
        UncheckedIOException written =
                assertThrows(UncheckedIOException.class, Runs.byHand(Runs.YAML, other.path())::start);
        assertTrue(
                written.getMessage().startsWith("the run's record " + other.record() + " cannot be written: "),
                written.getMessage());
        assertFalse(written.getMessage().contains("cannot write"), written.getMessage());
    }

    // ---- what a run may go on with

    /** Each of these is part of what determines a run, wherever it was said. */
    @Test
    void aChangeIsRefusedAndNothingIsTouched() throws IOException {
        RunFolder part = part();
        byte[] before = Files.readAllBytes(part.checkpoint());
        Map<String, String> changes = Map.of(
                "loss.labelSmoothing", "type: SoftmaxCrossEntropy -> type: SoftmaxCrossEntropy, labelSmoothing: 0.1",
                "optimizer.type", "type: Adam -> type: AdamW",
                "optimizer.beta1", "type: Adam -> type: Adam, beta1: 0.8",
                "optimizer.weightDecay", "weightDecay: 0.001 -> weightDecay: 0.01",
                "optimizer.groups[embed.*].rateFactor", "rateFactor: 0.5 -> rateFactor: 0.25",
                "schedule.rate", "rate: 0.05 -> rate: 0.5",
                "training.clip", "clip: 1,  -> ",
                "training.validateEvery", "validateEvery: 7 -> validateEvery: 8",
                "training.metrics[0]", "[bits per character, accuracy] -> [accuracy, bits per character]",
                "listeners.EarlyStopping.patience", "patience: 100 -> patience: 99");
        for (Map.Entry<String, String> change : changes.entrySet()) {
            String[] fromAndTo = change.getValue().split(" -> ", -1);
            String yaml = Runs.YAML.replace(fromAndTo[0].strip() + (fromAndTo[1].isEmpty() ? " " : ""), fromAndTo[1]);
            assertTrue(!yaml.equals(Runs.YAML), change.getKey());
            TrainingRun other = Runs.byHand(yaml, part.path());
            String message =
                    assertThrows(IllegalArgumentException.class, other::resume).getMessage();
            assertTrue(message.startsWith("the checkpoint is of another run: " + change.getKey() + " is "), message);
            assertEquals(0, other.trainer().step());
            assertArrayEquals(before, Files.readAllBytes(part.checkpoint()));
            assertEquals(Runs.YAML, Files.readString(part.configuration()));
        }
        // What is only written, printed or reported, and how long to train, may be others at any time.
        String free = Runs.YAML
                .replace("{epochs: 2", "{steps: 30")
                .replace("bits per character, accuracy", "bits per character")
                .replace("{type: Metrics, every: 1}", "{type: Metrics, every: 5}")
                .replace("  - {type: Curve, width: 400, height: 300}\n", "")
                .replace("every: 10", "every: 3");
        assertEquals(30, Runs.byHand(free, part.path()).resume().ending().step());
    }

    @Test
    void aChangeThatIsAllowedIsRecorded() throws IOException {
        RunFolder part = part();
        String yaml = Runs.YAML
                .replace("rate: 0.05}", "rate: 0.01}")
                .replace("rows: 3", "rows: 4")
                .replace("clip: 1", "clip: 2");
        TrainingRun changed = Runs.byHand(yaml.replace("rows: 4", "rows: 3"), part.path());
        assertTrue(changed.resume(Set.of("schedule.rate", "training")).ending().finished());
        List<String> expected = List.of(
                "schedule.rate is 0.05 in the checkpoint, but 0.01 here",
                "training.clip is 1.0 in the checkpoint, but 2.0 here");
        assertEquals(expected, changed.trainer().changes());
        List<?> processes = (List<?>) JsonFile.read(part.record()).get("processes");
        assertFalse(((Map<?, ?>) processes.get(0)).containsKey("changed"));
        assertEquals(expected, ((Map<?, ?>) processes.get(1)).get("changed"));
        // From now on the run is one with these settings.
        assertThrows(IllegalArgumentException.class, Runs.byHand(Runs.YAML, part.path())::resume);
    }

    @Test
    void otherDataMayBeAllowedToo() {
        RunFolder part = part();
        String yaml = Runs.YAML.replace("steps: 5", "steps: 6");
        TrainingRun refused = Runs.byHand(yaml, part.path());
        assertThrows(IllegalArgumentException.class, refused::resume);
        TrainingRun allowed = Runs.byHand(yaml, part.path());
        allowed.resume(Set.of("data"));
        assertEquals(
                List.of("data.fingerprint is counting-3-5 in the checkpoint, but counting-3-6 here"),
                allowed.trainer().changes());
    }
}
