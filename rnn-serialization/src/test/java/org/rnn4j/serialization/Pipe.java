package org.rnn4j.serialization;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A named pipe, for tests of what must not be opened: whoever opened it would wait for the other end. */
public final class Pipe {
    private static final Path MKFIFO = Path.of("/usr/bin/mkfifo");

    private Pipe() {}

    /** Whether one was made: not every system can. */
    public static boolean make(Path file) throws IOException, InterruptedException {
        return Files.isExecutable(MKFIFO)
                && new ProcessBuilder(MKFIFO.toString(), file.toString())
                                .start()
                                .waitFor()
                        == 0;
    }
}
