package org.rnn4j.fuzz;

import java.nio.file.Path;
import java.util.Set;

/**
 * A reader of bytes from outside, and what it may do with any of them.
 *
 * @param name what the command line and the folders call it
 * @param form how the fuzzer's bytes become a file's
 * @param reader reads that file
 * @param documented what the reader says that it throws
 * @param multiple how many bytes it may allocate in all for each byte of the file, beside {@link #FIXED}
 */
record Target(String name, Form form, Reader reader, Set<Class<? extends Exception>> documented, int multiple) {

    /** How many bytes a reader may allocate for an empty file. */
    static final long FIXED = 1_000_000;

    @Override
    public String toString() {
        return name;
    }

    /** Where the fuzzer's bytes get a frame that it would not find by itself, such as a length in front or a digest. */
    @FunctionalInterface
    interface Form {
        /** A file's bytes. */
        byte[] file(byte[] input) throws Exception;
    }

    /** Reads a file. */
    @FunctionalInterface
    interface Reader {
        /** What holds of whatever could be read. */
        Law read(Path file) throws Exception;
    }

    /** What holds of something that was read; whatever it throws is a finding. */
    @FunctionalInterface
    interface Law {
        /** Throws an {@link AssertionError} where it does not hold. */
        void check() throws Exception;
    }
}
