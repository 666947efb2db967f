package org.rnn4j.training.listener;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.rnn4j.training.Trainer;

/** Writes a trainer's state. */
final class SavedState {
    private SavedState() {}

    static void write(Trainer trainer, Path file) {
        try {
            trainer.checkpoint().save(file);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "step " + trainer.step() + ": the checkpoint was not saved: " + e.getMessage(), e);
        }
    }
}
