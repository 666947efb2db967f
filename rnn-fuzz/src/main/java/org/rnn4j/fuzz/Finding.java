package org.rnn4j.fuzz;

/** A reader did with an input what its target does not allow. */
final class Finding extends RuntimeException {
    private static final long serialVersionUID = 1;

    Finding(String problem, Throwable cause) {
        super(problem, cause);
    }
}
