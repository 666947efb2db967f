package org.rnn4j.run.listener;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.run.Runs;
import org.rnn4j.run.TrainingRun;
import org.rnn4j.training.Listener;

/** The best checkpoint is written also where it comes behind the one to go on from, and the process ends between the two. */
class BestCheckpointTest {
    private static final String BEHIND = Runs.YAML
            .replace("  - BestCheckpoint\n", "")
            .replace("{type: Checkpoints, every: 10}", "{type: Checkpoints, every: 7}")
            .stripTrailing()
            .concat("\n  - BestCheckpoint\n");

    @TempDir
    Path directory;

    @Test
    void whatIsOwedIsWrittenByTheNextProcess() throws IOException {
        TrainingRun whole = Runs.byHand(BEHIND, directory.resolve("whole"));
        whole.start();
        TrainingRun part = Runs.byHand(BEHIND, directory.resolve("part"));
        Path best = part.folder().best();
        part.trainer().listen(new Listener() {
            @Override
            public void stepped(StepReport report) {
                try {
                    // Nothing can take its place.
                    Files.createDirectories(best.resolve("in the way"));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        assertThrows(UncheckedIOException.class, part::start);
        Files.delete(best.resolve("in the way"));
        Files.delete(best);
        Runs.byHand(BEHIND, part.folder().path()).resume();
        assertTrue(Files.isRegularFile(best));
        assertArrayEquals(Files.readAllBytes(whole.folder().best()), Files.readAllBytes(best));
        assertArrayEquals(
                Files.readAllBytes(whole.folder().checkpoint()),
                Files.readAllBytes(part.folder().checkpoint()));
    }
}
