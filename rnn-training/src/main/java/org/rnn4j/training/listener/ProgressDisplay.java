package org.rnn4j.training.listener;

/** Where progress is shown: a stream that a bar or lines share with messages. */
public interface ProgressDisplay {
    /** Before the first step, of which {@code step} were taken in earlier processes. */
    void begin(long step, long totalSteps);

    /** Whether it is time to show something new, so that nothing is put into words for nobody. */
    boolean due();

    /** Shows how far the run is. */
    void show(long step, Note note);

    /** Prints a line that stays. */
    void print(String line);

    /** After the last step. */
    void end();

    /**
     * What stands beside the number of steps.
     *
     * @param epoch which time through the data
     * @param numbers loss and rates
     * @param left the remaining time
     */
    record Note(long epoch, String numbers, String left) {}
}
