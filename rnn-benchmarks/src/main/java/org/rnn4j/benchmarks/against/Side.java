package org.rnn4j.benchmarks.against;

import java.util.Locale;

/** Whose libraries a sample ran with. */
public enum Side {
    /** The other commit's. */
    BEFORE,
    /** The working tree's. */
    AFTER;

    /** As reports name it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one of a name in {@link #text}. */
    static Side named(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
