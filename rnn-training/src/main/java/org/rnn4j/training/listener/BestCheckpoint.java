package org.rnn4j.training.listener;

import org.rnn4j.training.DataSet;
import org.rnn4j.training.Listener;
import org.rnn4j.training.Trainer;

/** Saves the state after each validation that is better than all before, in {@link RunFolder#best}. */
public record BestCheckpoint() implements ListenerSpec {
    @Override
    public Listener create(RunFolder folder, DataSet data) {
        return new Saving(folder);
    }

    private static final class Saving implements Listener {
        private final RunFolder folder;
        private Trainer trainer;
        private boolean best;

        Saving(RunFolder folder) {
            this.folder = folder;
        }

        @Override
        public String name() {
            return "BestCheckpoint";
        }

        @Override
        public void started(Trainer running) {
            trainer = running;
        }

        @Override
        public void validated(ValidationReport report) {
            best = report.best();
        }

        @Override
        public void completed(long step) {
            if (best) {
                SavedState.write(trainer, folder.best());
                best = false;
            }
        }
    }
}
