package org.rnn4j.tests.disk;

import java.io.IOException;
import java.nio.file.Path;

/**
 * One thing that a program asks of a {@link Disk} and that can fail.
 *
 * @param number counted from 1, since the disk was made or healed
 * @param kind what is asked for
 * @param file of it, by its path on the system's own file system; of a rename, the new name
 * @param half does the first half of it, where it can be halved
 */
public record Operation(long number, Kind kind, Path file, Half half) {
    /** What can be asked for. */
    public enum Kind {
        /** Opening a file or a directory to read it. */
        OPEN,
        /** Opening a file to write it, which may create it. */
        CREATE,
        /** Reading bytes of an open file. */
        READ,
        /** Writing bytes. */
        WRITE,
        /** Making an open file shorter. */
        TRUNCATE,
        /** Forcing what was written to the disk; of a directory, its names. */
        FORCE,
        /** Renaming. */
        MOVE,
        /** Deleting. */
        DELETE,
        /** Creating a directory. */
        DIRECTORY,
        /** Listing a directory. */
        LIST;

        /** Whether it needs room that a full disk does not have. */
        boolean takesRoom() {
            return this == CREATE || this == WRITE || this == DIRECTORY;
        }
    }

    /** Writes the first half of the bytes that are to be written; of all else, nothing. */
    @FunctionalInterface
    public interface Half {
        /** Of what cannot be halved. */
        Half NOTHING = () -> {};

        /** Does it. */
        void run() throws IOException;
    }

    @Override
    public String toString() {
        return "operation " + number + ", " + kind + " of " + file.getFileName();
    }
}
