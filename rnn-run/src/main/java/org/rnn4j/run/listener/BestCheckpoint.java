package org.rnn4j.run.listener;

import java.util.Map;
import org.rnn4j.training.Listener;
import org.rnn4j.training.Training;

/** Saves the state after each validation that is better than all before, in {@link RunFolder#best}. */
public record BestCheckpoint() implements ListenerSpec {
    @Override
    public Listener create(RunContext run) {
        return new Saving(new SavedState(run.folder(), run.folder().best(), run.types()));
    }

    private static final class Saving implements Listener {
        private static final String OWED = "owed";

        private final SavedState state;
        private Training training;

        /** Whether the current state is the best one but is not in the file yet. */
        private boolean owed;

        Saving(SavedState state) {
            this.state = state;
        }

        @Override
        public String name() {
            return "BestCheckpoint";
        }

        @Override
        public void started(Training running) {
            training = running;
            state.check();
            // A process ended between two writes: the checkpoint that this one resumed from is the best state.
            write();
        }

        @Override
        public void validated(ValidationReport report) {
            owed = report.best();
        }

        @Override
        public void completed(long step) {
            write();
        }

        private void write() {
            if (owed) {
                // The file itself needs no write.
                owed = false;
                try {
                    state.write(training);
                } catch (RuntimeException e) {
                    owed = true;
                    throw e;
                }
            }
        }

        @Override
        public Map<String, Object> state() {
            return owed ? Map.of(OWED, true) : Map.of();
        }

        @Override
        public void restore(Map<String, Object> saved) {
            Object value = saved.getOrDefault(OWED, false);
            if (!(value instanceof Boolean isOwed)) {
                throw new IllegalArgumentException(OWED + " is " + value + ", expected true or false");
            }
            owed = isOwed;
        }
    }
}
