package org.rnn4j.tests.disk;

/** The power is gone. No {@link Exception}: nothing is to answer it, as nothing could. */
public final class PowerLoss extends Error {
    private static final long serialVersionUID = 1;

    PowerLoss(Operation operation) {
        super("the power went at " + operation);
    }

    PowerLoss() {
        super("the power is gone");
    }
}
