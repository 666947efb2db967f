package org.rnn4j.training.listener;

import java.nio.file.Files;
import java.nio.file.Path;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.Listener;
import org.rnn4j.training.Trainer;

/**
 * Saves the state to resume from, in {@link RunFolder#checkpoint}: now and then, and when the process ends unless training failed.
 *
 * @param every after how many steps; only at the end where left out
 */
public record Checkpoints(Long every) implements ListenerSpec {
    /** Checks the range. */
    public Checkpoints {
        Interval.check(every);
    }

    @Override
    public Listener create(RunFolder folder, DataSet data) {
        return new Saving(every, folder.checkpoint());
    }

    private static final class Saving implements Listener {
        private static final long NEVER = -1;

        private final Long every;
        private final Path file;
        private Trainer trainer;
        private long saved = NEVER;

        Saving(Long every, Path file) {
            this.every = every;
            this.file = file;
        }

        @Override
        public String name() {
            return "Checkpoints";
        }

        @Override
        public void started(Trainer running) {
            trainer = running;
            if (trainer.step() > 0 && Files.exists(file)) {
                trainer.savedTo(file);
                saved = trainer.step();
            }
        }

        @Override
        public void completed(long step) {
            if (every != null && step % every == 0) {
                save(step);
            }
        }

        @Override
        public void ended(Ending ending) {
            if (!ending.failed() && ending.step() != saved) {
                save(ending.step());
            }
        }

        private void save(long step) {
            SavedState.write(trainer, file);
            trainer.savedTo(file);
            saved = step;
        }
    }
}
