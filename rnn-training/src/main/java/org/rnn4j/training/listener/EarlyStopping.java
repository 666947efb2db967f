package org.rnn4j.training.listener;

import java.util.Map;
import org.rnn4j.core.SavedValues;
import org.rnn4j.training.Listener;
import org.rnn4j.training.Training;

/** Ends a run when validations stop getting better. */
public final class EarlyStopping implements Listener {
    private static final String WORSE = "worse";

    private final int patience;
    private Training training;
    private long worse;

    /**
     * For one run.
     *
     * @param patience how many validations in a row may be no better than the best before, 1 or more
     */
    public EarlyStopping(int patience) {
        if (patience < 1) {
            throw new IllegalArgumentException("patience is " + patience + ", expected 1 or more");
        }
        this.patience = patience;
    }

    @Override
    public void started(Training running) {
        training = running;
        // A run that this has ended stays ended when it is resumed.
        stopWhenSpent();
    }

    @Override
    public void validated(ValidationReport report) {
        worse = report.best() ? 0 : worse + 1;
        stopWhenSpent();
    }

    private void stopWhenSpent() {
        if (worse >= patience) {
            training.finish("no better validation in the last " + worse);
        }
    }

    @Override
    public Map<String, Object> state() {
        return Map.of(WORSE, worse);
    }

    @Override
    public void restore(Map<String, Object> state) {
        worse = state.isEmpty() ? 0 : SavedValues.number(state, WORSE);
    }

    @Override
    public Map<String, Object> settings() {
        return Map.of("patience", patience);
    }
}
