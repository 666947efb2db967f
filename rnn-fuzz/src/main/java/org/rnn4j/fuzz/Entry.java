package org.rnn4j.fuzz;

import java.io.IOException;
import java.nio.file.Path;

/** What Jazzer calls, in a process of its own; the system property {@link #TARGET} says for which target. */
public final class Entry {
    /** The system property that holds a target's name. */
    static final String TARGET = "rnn.fuzz.target";

    /** Jazzer's code makes copies of the strings that are compared. */
    private static final int TIMES = 20;

    private static final Probe PROBE =
            new Probe(Targets.named(System.getProperty(TARGET)), TIMES, Path.of(System.getProperty("java.io.tmpdir")));

    private Entry() {}

    /** Reads one input. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        PROBE.read(input);
    }

    /** Says what was seen. */
    public static void fuzzerTearDown() {
        System.err.println(PROBE);
    }
}
