package org.rnn4j.serialization.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.serialization.JavaProcess;
import org.rnn4j.serialization.Pipe;

@Timeout(120)
class LockFileTest {
    private static final String HELD_HERE = "in use already, in this very process";

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("run.lock");
    }

    private String refused() {
        return assertThrows(LockFile.HeldException.class, () -> LockFile.take(file))
                .getMessage();
    }

    @Test
    void oneAtATimeHoldsIt() throws IOException {
        LockFile other;
        try (LockFile lock = LockFile.take(file)) {
            assertTrue(lock.keepsOthersOut());
            assertEquals(HELD_HERE, refused());
            other = LockFile.take(directory.resolve("other.lock"));
        }
        try (LockFile lock = LockFile.take(file)) {
            assertTrue(lock.keepsOthersOut());
            Path again =
                    directory.resolve("..").resolve(directory.getFileName()).resolve("run.lock");
            assertEquals(
                    HELD_HERE,
                    assertThrows(LockFile.HeldException.class, () -> LockFile.take(again))
                            .getMessage());
        }
        other.close();
        try (var files = Files.list(directory)) {
            assertEquals(0, files.count(), "a lock that is released leaves nothing");
        }
    }

    /** Many who want the same lock at once, some of them just when another one lets go: never two have it. */
    @Test
    void twoNeverHaveIt() throws Exception {
        Process[] others = {process("200"), process("200")};
        int total = 0;
        for (Process other : others) {
            String printed = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(printed.strip().matches("[0-9]+"), printed);
            total += Integer.parseInt(printed.strip());
        }
        assertEquals(400, total);
        assertEquals("400", Files.readString(directory.resolve("count")));
    }

    /** Counts up in a file, each time under the lock; without it, two processes would lose counts to each other. */
    private static void count(Path file, int times) throws IOException {
        Path count = file.resolveSibling("count");
        int done = 0;
        while (done < times) {
            try (LockFile lock = LockFile.take(file)) {
                int before = Files.exists(count) ? Integer.parseInt(Files.readString(count)) : 0;
                Files.writeString(count, Integer.toString(before + 1));
                done += lock.keepsOthersOut() ? 1 : 0;
            } catch (LockFile.HeldException e) {
                Thread.onSpinWait();
            }
        }
        System.out.println(done);
    }

    @Test
    void whatCannotBeMadeIsNotHeld() throws IOException {
        Path none = directory.resolve("none/run.lock");
        assertThrows(NoSuchFileException.class, () -> LockFile.take(none));
        Files.createDirectory(file);
        assertThrows(IOException.class, () -> LockFile.take(file));
        Files.delete(file);
        LockFile.take(file).close();
    }

    /** A link could lead to a file that taking the lock would empty, and one that leads nowhere could neither be made nor opened. */
    @Test
    void whatIsNotARegularFileIsRefusedByName() throws Exception {
        Path precious = Files.writeString(directory.resolve("precious"), "precious");
        Files.createSymbolicLink(file, precious);
        assertRefused("symbolic link");
        assertEquals("precious", Files.readString(precious));
        Files.delete(precious);
        assertRefused("symbolic link");
        Files.delete(file);
        Files.createSymbolicLink(file, file.getFileName());
        assertRefused("symbolic link");
        Files.delete(file);
        Files.createDirectory(file);
        assertRefused("directory");
        Files.delete(file);
        if (Pipe.make(file)) {
            assertRefused("pipe, a device or a socket");
            Files.delete(file);
        }
        LockFile.take(file).close();
    }

    private void assertRefused(String kind) {
        assertEquals(
                file + ": is a " + kind + "; expected a regular file, or none",
                assertThrows(FileSystemException.class, () -> LockFile.take(file))
                        .getMessage());
    }

    /** What has the name then is another's, and stays. */
    @Test
    void aLockWhoseFileWasRemovedOrReplacedIsNotHeld() throws IOException {
        LockFile lock = LockFile.take(file);
        assertTrue(lock.stillHeld());
        Files.delete(file);
        assertFalse(lock.stillHeld());
        Files.writeString(file, "another's");
        assertFalse(lock.stillHeld());
        lock.close();
        assertFalse(lock.stillHeld());
        assertEquals("another's", Files.readString(file));

        Path folder = Files.createDirectory(directory.resolve("folder"));
        LockFile inside = LockFile.take(folder.resolve("run.lock"));
        LockFile deeper =
                LockFile.take(Files.createDirectories(folder.resolve("a/b")).resolve("run.lock"));
        Files.move(folder, directory.resolve("moved"));
        assertFalse(inside.stillHeld());
        assertFalse(deeper.stillHeld());
        Files.writeString(folder, "a file in the folder's place");
        assertFalse(inside.stillHeld());
        assertFalse(deeper.stillHeld());
        deeper.close();
        Files.delete(folder);
        Files.createSymbolicLink(folder, folder.getFileName());
        assertThrows(FileSystemException.class, inside::stillHeld);
        inside.close();
        assertTrue(Files.isSymbolicLink(folder));
    }

    @Test
    void anInterruptedThreadTakesIt() throws IOException {
        Thread.currentThread().interrupt();
        LockFile lock = LockFile.take(file);
        assertTrue(Thread.interrupted());
        assertEquals(ProcessHandle.current().pid() + "\n", Files.readString(file));
        assertEquals(HELD_HERE, refused());
        lock.close();
    }

    /** Takes a lock and waits to be killed, or takes it many times. */
    public static void main(String[] file) throws IOException, InterruptedException {
        if (file.length > 1) {
            count(Path.of(file[0]), Integer.parseInt(file[1]));
            return;
        }
        try (LockFile lock = LockFile.take(Path.of(file[0]))) {
            System.out.println("held " + lock.keepsOthersOut());
            Thread.sleep(120_000);
        } catch (LockFile.HeldException e) {
            System.out.println(e.getMessage());
        }
    }

    private Process process(String... times) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(file.toString()));
        arguments.addAll(List.of(times));
        return JavaProcess.start(LockFileTest.class, List.of(), arguments.toArray(String[]::new));
    }

    @Test
    void aProcessKeepsOthersOutUntilItIsKilled() throws IOException, InterruptedException {
        Process holder = process();
        try (BufferedReader out = holder.inputReader()) {
            assertEquals("held true", out.readLine());
            assertEquals("in use by process " + holder.pid(), refused());
            assertEquals("in use by process " + holder.pid(), refused());
            holder.destroyForcibly();
            assertTrue(holder.waitFor(60, TimeUnit.SECONDS));
        }
        LockFile.take(file).close();
    }

    /** A refused second attempt would release the lock of the process, if it opened the file and closed it. */
    @Test
    void anAttemptInTheSameProcessLeavesTheLockAsItIs() throws IOException {
        try (LockFile lock = LockFile.take(file)) {
            assertTrue(lock.keepsOthersOut());
            assertEquals(HELD_HERE, refused());
            Process other = process();
            try (BufferedReader out = other.inputReader()) {
                assertEquals("in use by process " + ProcessHandle.current().pid(), out.readLine());
            } finally {
                other.destroyForcibly();
            }
        }
    }
}
