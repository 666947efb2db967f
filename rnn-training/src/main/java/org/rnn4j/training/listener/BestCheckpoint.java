package org.rnn4j.training.listener;

import org.rnn4j.training.Listener;
import org.rnn4j.training.Trainer;

/** Saves the state after each validation that is better than all before, in {@link RunFolder#best}. */
public record BestCheckpoint() implements ListenerSpec {
    @Override
    public Listener create(RunContext run) {
        return new Saving(new SavedState(run.folder().best(), run.layers()));
    }

    private static final class Saving implements Listener {
        private final SavedState state;
        private Trainer trainer;
        private boolean best;

        Saving(SavedState state) {
            this.state = state;
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
                state.write(trainer);
                best = false;
            }
        }
    }
}
