package org.rnn4j.examples.forecast;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.rnn4j.core.Checkpoint;
import org.rnn4j.core.Model;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.run.listener.ListenerSpec;
import org.rnn4j.run.listener.RunContext;
import org.rnn4j.run.listener.RunFolder;
import org.rnn4j.serialization.checkpoint.CheckpointFile;
import org.rnn4j.training.Listener;
import org.rnn4j.training.Training;

/** {@code examples.Snapshots}: keeps the model of every validation, each in a file of the run's folder, to choose among them afterwards. */
public record Snapshots() implements ListenerSpec {
    @Override
    public Listener create(RunContext run) {
        return new Saving(run);
    }

    /** The model as it was after so many steps. */
    static Model model(RunFolder folder, long step, TypeRegistry types) {
        try {
            return CheckpointFile.load(file(folder, step), types).model();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(RunFolder folder, long step) {
        return folder.path().resolve("step-" + step + ".safetensors");
    }

    private static final class Saving implements Listener {
        private final RunContext run;
        private Training training;

        Saving(RunContext run) {
            this.run = run;
        }

        @Override
        public void started(Training running) {
            training = running;
        }

        @Override
        public void validated(ValidationReport report) {
            run.folder().requireStillHeld();
            try {
                CheckpointFile.save(Checkpoint.of(training.model()), file(run.folder(), report.step()), run.types());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
