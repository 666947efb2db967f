package org.rnn4j.run.listener;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.serialization.checkpoint.CheckpointFile;
import org.rnn4j.training.Training;

/**
 * A file with the state of a trainer.
 *
 * @param folder of the run
 * @param file in it, replaced each time
 * @param types the types of the model's layers
 */
record SavedState(RunFolder folder, Path file, TypeRegistry types) {
    /** Checks before training that the file can be replaced. */
    void check() {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            String reason = "is a directory; expected a file that may be replaced, or none";
            throw new UncheckedIOException(
                    "the checkpoint " + file + " cannot be saved: it " + reason,
                    new FileSystemException(file.toString(), null, reason));
        }
    }

    void write(Training training) {
        folder.requireStillHeld();
        try {
            CheckpointFile.save(training.checkpoint(), file, types);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "step " + training.step() + ": the checkpoint was not saved: " + e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            throw new IllegalStateException(
                    "step " + training.step()
                            + ": the checkpoint was not saved: it is a copy of the parameters and of what the"
                            + " optimizer remembers, for which this JVM's heap of "
                            + (Runtime.getRuntime().maxMemory() >> 20)
                            + " MB has no room beside the training. Take a larger heap (-Xmx)",
                    e);
        }
    }
}
