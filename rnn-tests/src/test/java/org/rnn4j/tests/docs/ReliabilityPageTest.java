package org.rnn4j.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.run.TrainingRun;
import org.rnn4j.run.inject.RunModule;
import org.rnn4j.run.listener.Interruption;

/** The page's snippets are real code, and do what it says. */
class ReliabilityPageTest {
    private static final String CONFIGURATION = """
            format: 1
            seed: 1
            data: {type: Text, file: 'TEXT', rows: 2, steps: 5}
            model:
              chain:
                embed:  {type: Embedding, ids: $vocabulary, width: 3}
                output: {type: Affine, inputs: 3, outputs: $vocabulary}
            loss: {type: SoftmaxCrossEntropy}
            optimizer: {type: Sgd, groups: [{pattern: embed.*, rateFactor: 0.5}]}
            schedule: {type: ConstantRate, rate: RATE}
            training: {steps: STEPS}
            listeners: [Checkpoints]
            """;

    private static Path configuration(Path folder, double rate, int steps) throws IOException {
        Path text = Files.writeString(folder.resolve("text.txt"), "the old shop was dark. ".repeat(9));
        return Files.writeString(
                folder.resolve("run.yaml"),
                CONFIGURATION
                        .replace("TEXT", text.toString())
                        .replace("RATE", Double.toString(rate))
                        .replace("STEPS", Integer.toString(steps)));
    }

    @Test
    void everyJavaBlockIsRunHere() throws IOException {
        List<String> shown = Page.read("docs/reliability.md").contents("java");
        // A page names a run's files, a test has a folder of its own.
        assertEquals(
                List.copyOf(Regions.of(ReliabilityPageTest.class).values()),
                shown.stream()
                        .map(block -> block.replace("Path.of(\"run.yaml\"), Path.of(\"runs/1\")", "config, folder"))
                        .toList());
    }

    @Test
    void aRunGoesOn(@TempDir Path home) throws IOException {
        Path folder = home.resolve("run");
        RunModule.run(configuration(home, 0.1, 3), folder).start();
        Path config = configuration(home, 0.1, 5);
        // snippet: resume
        TrainingRun run = RunModule.run(config, folder);
        TrainingRun.Result result =
                Interruption.during(run.trainer(), "Saved. Start me again to go on.", System.out::println, run::resume);
        // end
        assertTrue(result.ending().finished());
        assertEquals(5, run.trainer().step());
    }

    @Test
    void aNamedSettingMayChange(@TempDir Path home) throws IOException {
        Path folder = home.resolve("run");
        RunModule.run(configuration(home, 0.1, 3), folder).start();
        TrainingRun run = RunModule.run(configuration(home, 0.2, 5), folder);
        // snippet: change
        run.resume(Set.of("schedule.rate", "optimizer.groups"));
        // end
        assertEquals(5, run.trainer().step());
    }
}
