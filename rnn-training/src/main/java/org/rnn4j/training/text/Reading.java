package org.rnn4j.training.text;

/** The direction in which an encoder reads a sequence. */
public enum Reading {
    /** From its beginning. */
    FORWARD,
    /**
     * From its end, so that its beginning is read last, just before the decoder generates the beginning of the answer (Sutskever, Vinyals and Le,
     * "Sequence to sequence learning with neural networks", 2014, section 3.3).
     */
    REVERSED;

    /** The ids in the order in which they are read; and of those, the ids as they were. A copy. */
    public int[] of(int[] ids) {
        int[] read = ids.clone();
        for (int i = 0; this == REVERSED && i < ids.length; i++) {
            read[i] = ids[ids.length - 1 - i];
        }
        return read;
    }
}
