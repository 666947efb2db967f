package org.rnn4j.training.listener;

/** Shows progress as a bar or as lines, on a stream that is shared with messages. */
public interface ProgressDisplay {
    /** Before the first step of this process; {@code step} steps were taken in earlier processes. */
    void begin(long step, long totalSteps);

    /** Whether it is time to show something new, so that no unused text is formatted. */
    boolean due();

    /** Shows how far the run is. */
    void show(long step, Note note);

    /** Prints a line that stays. */
    void print(String line);

    /** After the last step. */
    void end();

    /**
     * Shown beside the number of steps.
     *
     * @param epoch the number of the epoch
     * @param numbers loss and rates
     * @param left the remaining time
     */
    record Note(long epoch, String numbers, String left) {}
}
