package org.rnn4j.run.listener;

import org.rnn4j.training.Listener;
import org.rnn4j.training.listener.EarlyStopping;

/**
 * {@code {type: EarlyStopping, patience: 5}}: see {@link EarlyStopping}.
 *
 * @param patience how many validations in a row may be no better than the best before, 1 or more
 */
public record EarlyStoppingSpec(int patience) implements ListenerSpec {
    /** Checks the range. */
    public EarlyStoppingSpec {
        new EarlyStopping(patience);
    }

    @Override
    public Listener create(RunContext run) {
        return new EarlyStopping(patience);
    }
}
