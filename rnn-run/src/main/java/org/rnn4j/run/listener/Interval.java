package org.rnn4j.run.listener;

/** The setting {@code every} of listeners. */
final class Interval {
    private Interval() {}

    /** Refuses an invalid number of steps; null is valid. */
    static Long check(Long every) {
        if (every != null && every < 1) {
            throw new IllegalArgumentException("every is " + every + ", expected 1 or more");
        }
        return every;
    }
}
