package org.rnn4j.training;

/**
 * Batches by number: batch {@code i} is always the same, so a run resumes from its step number only.
 */
public interface Batches {
    /** The number of batches in an epoch. */
    long perEpoch();

    /**
     * The batch of a step, counted from 0 and on through all epochs: {@code number / perEpoch()} is the epoch. A source that shuffles does
     * so by the epoch's number.
     */
    Batch batch(long number);
}
