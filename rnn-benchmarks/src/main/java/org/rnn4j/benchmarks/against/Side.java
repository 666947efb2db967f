package org.rnn4j.benchmarks.against;

import java.util.Locale;

/** Whose libraries a process ran with. */
public enum Side {
    /** The other commit's. */
    BEFORE,
    /** The working tree's. */
    AFTER;

    /** As reports name it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
