package org.rnn4j.training.metric;

/** What a mean is called, how the printed number comes from it, and which numbers are better. */
public interface Metric {

    /** Returns the name to print, for example "bits per character". */
    String label();

    /** Adds what a window contributes. */
    void add(Mean mean, Judged window);

    /** Returns the number to print. */
    double of(Mean mean);

    /** Says whether a number is strictly better than another one; a NaN never is. */
    boolean better(double value, double than);
}
