/** Batches: windows of one long sequence, padded sequences, sliding windows of a series. */
package org.rnn4j.training.data;
