package org.rnn4j.training.data;

/** Which sequences are in which batch: a function of the batch's number. */
interface Order {
    /** How many batches make an epoch. */
    long perEpoch();

    /** The indices of the sequences in a batch, counted from 0 over all epochs. */
    int[] members(long batch);

    /** That of batches which do not mind the lengths. */
    Order unsorted();
}
