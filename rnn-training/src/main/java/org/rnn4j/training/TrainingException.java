package org.rnn4j.training;

/** Training cannot go on: a loss or a gradient is NaN or infinite. The message names the step, the layer and the last good checkpoint. */
public final class TrainingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With a message for the user. */
    public TrainingException(String message, Throwable cause) {
        super(message, cause);
    }
}
