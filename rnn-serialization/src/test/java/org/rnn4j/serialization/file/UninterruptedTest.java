package org.rnn4j.serialization.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class UninterruptedTest {
    @TempDir
    Path directory;

    @AfterEach
    void forget() {
        Thread.interrupted();
    }

    private void write() throws IOException {
        try (FileChannel channel =
                FileChannel.open(directory.resolve("file"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        }
    }

    /** As a pool does that wants its threads to end: work that is begun anew at every interrupt would never end. */
    @Test
    @Timeout(20)
    void aStormOfInterruptsHasTheWorkDoneOnce() throws IOException {
        Thread caller = Thread.currentThread();
        AtomicInteger calls = new AtomicInteger();
        Uninterrupted.run(() -> {
            boolean first = calls.incrementAndGet() == 1;
            for (int i = 0; i < 200; i++) {
                caller.interrupt();
                write();
            }
            assertTrue(!first, "the first time, the interrupt closes the channel");
        });
        assertEquals(2, calls.get());
        assertTrue(Thread.interrupted());
        assertEquals(3, Files.size(directory.resolve("file")));
    }

    @Test
    void whatFailsTheSecondTimeIsThrown() {
        for (Throwable failure :
                new Throwable[] {new IOException("full"), new IllegalStateException(), new AssertionError()}) {
            AtomicInteger calls = new AtomicInteger();
            Throwable thrown = assertThrows(
                    failure.getClass(),
                    () -> Uninterrupted.run(() -> {
                        if (calls.incrementAndGet() == 1) {
                            Thread.currentThread().interrupt();
                            write();
                        }
                        if (failure instanceof IOException e) {
                            throw e;
                        }
                        if (failure instanceof RuntimeException e) {
                            throw e;
                        }
                        throw (Error) failure;
                    }));
            assertSame(failure, thrown);
            assertEquals(2, calls.get());
            assertTrue(Thread.interrupted());
        }
    }
}
