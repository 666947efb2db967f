package org.rnn4j.run.listener;

import java.nio.file.Files;
import org.rnn4j.training.Listener;
import org.rnn4j.training.Training;

/**
 * Saves the state to resume from, in {@link RunFolder#checkpoint}: at intervals, and when the process ends unless training failed.
 *
 * @param every the number of steps between two checkpoints; only at the end by default
 */
public record Checkpoints(Long every) implements ListenerSpec {
    /** Checks the range. */
    public Checkpoints {
        Interval.check(every);
    }

    @Override
    public Listener create(RunContext run) {
        return new Saving(every, new SavedState(run.folder(), run.folder().checkpoint(), run.types()));
    }

    private static final class Saving implements Listener {
        private static final long NEVER = -1;

        private final Long every;
        private final SavedState state;
        private Training training;
        private long saved = NEVER;

        Saving(Long every, SavedState state) {
            this.every = every;
            this.state = state;
        }

        @Override
        public String name() {
            return "Checkpoints";
        }

        @Override
        public void started(Training running) {
            training = running;
            state.check();
            if (training.step() > 0 && Files.exists(state.file())) {
                training.savedTo(state.file());
                saved = training.step();
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
            state.write(training);
            training.savedTo(state.file());
            saved = step;
        }
    }
}
