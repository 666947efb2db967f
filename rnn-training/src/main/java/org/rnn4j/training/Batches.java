package org.rnn4j.training;

/**
 * Batches by number: batch {@code i} is always the same, so that a run resumes from the number of its step alone.
 */
public interface Batches {
    /** How many batches go once through the data. */
    long perEpoch();

    /**
     * The batch of a step, counted from 0 and on through all epochs: {@code number / perEpoch()} is the epoch. A source that shuffles does
     * so by the epoch's number.
     */
    Batch batch(long number);
}
