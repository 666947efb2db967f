package org.rnn4j.training;

/**
 * Training cannot continue: a number is NaN or infinite, or the data, a metric or the update rule failed. The message names the step, the place and
 * the last good checkpoint.
 */
public final class TrainingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With a message for the user. */
    public TrainingException(String message, Throwable cause) {
        super(message, cause);
    }
}
