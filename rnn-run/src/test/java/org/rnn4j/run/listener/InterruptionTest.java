package org.rnn4j.run.listener;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.run.Runs;
import org.rnn4j.run.TrainingRun;
import org.rnn4j.training.Listener;

@Timeout(60)
class InterruptionTest {
    private static final String GO_ON = "Go on with: rnn --resume";
    private static final String LONG =
            Runs.YAML.replace("epochs: 2", "epochs: 1000000").replace("validateEvery: 7", "validateEvery: 100000");

    @TempDir
    Path directory;

    private final List<String> said = Collections.synchronizedList(new ArrayList<>());

    private List<String> printed() {
        return said.stream().filter(line -> !line.isEmpty()).toList();
    }

    /** A thread in the hook's place that begins at a step. */
    private static Thread signalAt(TrainingRun run, Interruption interruption, long step) {
        Thread hook = new Thread(interruption::interrupted);
        run.trainer().listen(new Listener() {
            @Override
            public void stepped(StepReport report) {
                if (report.step() == step) {
                    hook.start();
                }
            }
        });
        return hook;
    }

    @Test
    void theRunIsSavedBeforeTheHookReturns() throws InterruptedException {
        TrainingRun run = Runs.byHand(LONG, directory);
        Interruption interruption = Interruption.of(run.trainer(), GO_ON, said::add);
        Thread hook = signalAt(run, interruption, 3);
        TrainingRun.Result result = run.start();
        hook.join();
        interruption.close();
        assertEquals("interrupted", result.ending().reason());
        assertFalse(result.ending().finished());
        assertTrue(Files.exists(run.folder().checkpoint()));
        assertEquals(List.of("interrupted: finishing the step and saving", GO_ON), printed());
    }

    @Test
    void aSignalBeforeTrainingBeginsCounts() throws InterruptedException {
        TrainingRun run = Runs.byHand(LONG, directory);
        Interruption interruption = Interruption.of(run.trainer(), GO_ON, said::add);
        Thread hook = new Thread(interruption::interrupted);
        hook.start();
        while (printed().isEmpty()) {
            Thread.sleep(1);
        }
        assertEquals(0, run.start().ending().step());
        hook.join();
        interruption.close();
    }

    /** Nobody may be told that a run was saved that was not. */
    @Test
    void aRunWithoutCheckpointsIsSaidNotToBeSaved() throws InterruptedException {
        TrainingRun run = Runs.byHand(LONG.replace("  - {type: Checkpoints, every: 10}\n", ""), directory);
        Interruption interruption = Interruption.of(run.trainer(), GO_ON, said::add);
        Thread hook = signalAt(run, interruption, 13);
        long last = run.start().ending().step();
        hook.join();
        interruption.close();
        assertFalse(Files.exists(run.folder().checkpoint()));
        assertEquals(
                List.of(
                        "interrupted: finishing the step and saving",
                        "Step " + last
                                + " was not saved: the run has no Checkpoints among its listeners, or saving failed."),
                printed());
    }

    @Test
    void aFailedRunIsNotToBeResumed() throws InterruptedException {
        TrainingRun run = Runs.byHand(LONG, directory);
        Interruption interruption = Interruption.of(run.trainer(), GO_ON, said::add);
        Thread hook = new Thread(interruption::interrupted);
        run.trainer().listen(new Listener() {
            @Override
            public void stepped(StepReport report) {
                hook.start();
                throw new IllegalStateException("no more disk");
            }
        });
        assertThrows(IllegalStateException.class, run::start);
        hook.join();
        interruption.close();
        assertEquals(List.of("interrupted: finishing the step and saving"), printed());
    }

    @Test
    void afterwardsTheProcessIsLetGo() {
        TrainingRun run = Runs.byHand(Runs.YAML, directory);
        TrainingRun.Result result = Interruption.during(run.trainer(), GO_ON, said::add, run::start);
        assertTrue(result.ending().finished());
        assertEquals(List.of(), said);
    }

    /** Begins or resumes a run, as a program would. */
    public static void main(String[] folderAndEpochs) {
        TrainingRun run = Runs.byHand(epochs(folderAndEpochs[1]), Path.of(folderAndEpochs[0]));
        boolean resume = Files.exists(run.folder().checkpoint());
        TrainingRun.Result result =
                Interruption.during(run.trainer(), GO_ON, System.out::println, resume ? run::resume : run::start);
        if (result.ending().finished()) {
            System.out.println("finished");
        }
    }

    private static String epochs(String count) {
        return Runs.YAML.replace("epochs: 2", "epochs: " + count).replace("validateEvery: 7", "validateEvery: 100000");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aRealSignalIsAnsweredByARealProcess() throws IOException, InterruptedException {
        Process process = java("1000000");
        while (!Files.exists(directory.resolve("checkpoint.safetensors"))) {
            assertTrue(process.isAlive(), () -> output(process));
            Thread.sleep(20);
        }
        // SIGTERM, and once more while it is being answered.
        process.toHandle().destroy();
        process.toHandle().destroy();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        assertEquals(
                List.of("interrupted: finishing the step and saving", GO_ON),
                output(process).lines().filter(line -> !line.isEmpty()).toList());
        assertEquals(128 + 15, process.exitValue());
        List<String> lines = Runs.metrics(new RunFolder(directory));
        String last = lines.get(lines.size() - 1);
        long step = Long.parseLong(last.replaceAll("\\{\"step\":(\\d+),.*", "$1"));

        // The rest of the epoch in which it was stopped, here and in one go elsewhere.
        String epochs = Long.toString(step / 20 + 1);
        RunFolder whole = new RunFolder(directory.resolve("whole"));
        Runs.byHand(epochs(epochs), whole.path()).start();
        Process resumed = java(epochs);
        assertEquals("finished", output(resumed).strip());
        assertArrayEquals(
                Files.readAllBytes(whole.checkpoint()),
                Files.readAllBytes(directory.resolve("checkpoint.safetensors")));
        assertEquals(Runs.metrics(whole), Runs.metrics(new RunFolder(directory)));
    }

    private Process java(String epochs) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.awt.headless=true",
                        "-cp",
                        classPath(),
                        InterruptionTest.class.getName(),
                        directory.toString(),
                        epochs)
                .redirectErrorStream(true)
                .start();
    }

    /** Of this process, which may have its modules elsewhere and its tests as a patch of one. */
    private static String classPath() {
        return String.join(
                System.getProperty("path.separator"),
                System.getProperty("java.class.path"),
                System.getProperty("jdk.module.path", ""),
                Path.of("target", "classes").toString(),
                Path.of("target", "test-classes").toString());
    }

    /** All that was printed, but for the two lines that a logger prints on a JVM without the Vector API. */
    private static String output(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.contains("ChosenKernels") && !line.contains("Vector API"))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
