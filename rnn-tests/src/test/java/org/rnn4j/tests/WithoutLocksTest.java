package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.tests.disk.Disk;

/** A run on a file system that cannot lock: it trains, and leaves alone what may be another's. */
class WithoutLocksTest {
    private final Logger log = Logger.getLogger("org.rnn4j");
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            said.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        log.addHandler(listener);
        log.setUseParentHandlers(false);
    }

    @AfterEach
    void speak() {
        log.removeHandler(listener);
        log.setUseParentHandlers(true);
    }

    private List<String> saidOfLocks() {
        return said.stream().filter(message -> message.contains("locked")).toList();
    }

    @Test
    void theRunIsTheSameAndAnothersFilesStay(@TempDir Path directory) throws IOException {
        Path config = SmallRun.configuration(directory, SmallRun.Picture.NONE);
        SmallRun whole = SmallRun.in(config, directory.resolve("whole"));
        assertTrue(whole.goOn().finished());
        assertEquals(List.of(), saidOfLocks());

        Disk disk = Disk.over(Files.createDirectory(directory.resolve("disk")));
        disk.lacksLocks();
        SmallRun run = SmallRun.in(config, disk.path("run"));
        Files.createDirectory(run.folder().path());
        Path begun = run.folder().path().resolve(".checkpoint.safetensors." + UUID.randomUUID() + ".tmp");
        Files.writeString(begun, "what another process is writing");
        assertTrue(run.goOn().finished());
        assertEquals(
                List.of(run.folder().lockFile() + " cannot be locked (No locks available): make sure that no other"
                        + " process uses this folder at the same time"),
                saidOfLocks());
        assertEquals("what another process is writing", Files.readString(begun));
        Files.delete(begun);
        run.assertSameAs(whole);
    }
}
