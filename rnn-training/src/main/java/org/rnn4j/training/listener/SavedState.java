package org.rnn4j.training.listener;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.rnn4j.core.LayerRegistry;
import org.rnn4j.training.Trainer;

/**
 * A file that a trainer's state is written to.
 *
 * @param file replaced each time
 * @param layers of which the model's layers are
 */
record SavedState(Path file, LayerRegistry layers) {
    void write(Trainer trainer) {
        try {
            trainer.checkpoint().save(file, layers);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "step " + trainer.step() + ": the checkpoint was not saved: " + e.getMessage(), e);
        }
    }
}
