/** The state of a run in one file. Read {@link org.rnn4j.serialization.checkpoint.CheckpointFile} first. */
package org.rnn4j.serialization.checkpoint;
