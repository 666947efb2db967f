package org.rnn4j.benchmarks.run;

/**
 * How long a process measures one line.
 *
 * @param warm seconds that do not count
 * @param seconds that do
 */
public record Budget(double warm, double seconds) {
    /** A process that takes this long hangs: with few samples a slow peer needs more than its budget. */
    private static final int LIMIT_SECONDS = 900;

    /** Seconds after which a process is ended. */
    public long limit() {
        return LIMIT_SECONDS;
    }
}
