package org.rnn4j.serialization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.core.input.InputFile;
import org.rnn4j.core.input.Reason;
import org.rnn4j.serialization.checkpoint.CheckpointFile;
import org.rnn4j.serialization.configuration.Config;
import org.rnn4j.serialization.configuration.ConfigException;
import org.rnn4j.serialization.configuration.JsonFile;
import org.rnn4j.serialization.configuration.JsonLines;
import org.rnn4j.serialization.configuration.ModelFormat;
import org.rnn4j.serialization.safetensors.SafetensorsReader;
import org.rnn4j.serialization.safetensors.SafetensorsWriter;

/** What is opened and what is not, why, and what an interrupt does to a file that several threads read. */
class InputFileTest {
    @TempDir
    Path directory;

    @Test
    void aPipeOrDeviceIsNotOpened() throws Exception {
        Path pipe = directory.resolve("pipe");
        assumeTrue(Pipe.make(pipe), "this system has no mkfifo");
        for (Path file : new Path[] {pipe, Path.of("/dev/zero")}) {
            String reason = file + ": is a pipe, a device or a socket; expected ";
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
                assertMessage(reason + "a safetensors file", () -> SafetensorsReader.open(file));
                assertMessage(reason + "a safetensors file", () -> CheckpointFile.load(file, RunFile.LAYERS));
                assertMessage(reason + "a configuration", () -> Config.read(file));
                assertMessage(reason + "a configuration", () -> ModelFormat.read(file, RunFile.LAYERS));
                assertMessage(reason + "a JSON object", () -> JsonFile.read(file));
                assertMessage(reason + "lines of JSON", () -> JsonLines.append(file));
            });
        }
    }

    /** What stands in the place of a side file, which is worth less than what it stands beside. */
    @Test
    void aPipeInTheWayIsPutAside() throws Exception {
        Path pipe = directory.resolve("pipe");
        assumeTrue(Pipe.make(pipe), "this system has no mkfifo");
        Path zeros = Files.createSymbolicLink(directory.resolve("zeros"), Path.of("/dev/zero"));
        for (Path file : new Path[] {pipe, zeros}) {
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
                JsonLines.cut(file, 5);
                assertEquals("", Files.readString(file));
                JsonLines.append(file).close();
                Path aside = directory.resolve(file.getFileName() + ".damaged-1");
                assertFalse(Files.isRegularFile(aside));
                assertEquals(Optional.empty(), JsonFile.readOrPutAside(aside));
                JsonFile.write(aside, Map.of("a", 1L));
                assertEquals(Map.of("a", 1L), JsonFile.read(aside));
            });
        }
    }

    /** Before it is read: a sparse file may be larger than any heap. */
    @Test
    void aFileOfMoreBytesIsRefused() throws IOException {
        Path file = directory.resolve("run.json");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1}), 3_000_000_000L - 1);
        }
        assertMessage(
                file + ": has more than 1000000 bytes (3000000000); expected a configuration of at most so many",
                () -> Config.read(file));
        assertEquals(
                file + ":1: the file has 3000000000 bytes; expected a JSON object of at most 4000000",
                assertThrows(ConfigException.class, () -> JsonFile.read(file)).getMessage());
        assertEquals(Optional.empty(), JsonFile.readOrPutAside(file));
        assertEquals(3_000_000_000L, Files.size(directory.resolve("run.json.damaged-1")));
    }

    @Test
    void aLinkToARegularFileIsOpened() throws IOException {
        Path file = directory.resolve("file");
        new SafetensorsWriter().add("w", new float[] {1}, 1).write(file);
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        try (SafetensorsReader reader = SafetensorsReader.open(link)) {
            assertArrayEquals(new float[] {1}, reader.floats("w"));
        }
    }

    @Test
    void theReasonIsSaid() {
        Path none = directory.resolve("none");
        assertMessage(none + ": there is no such file; expected a configuration", () -> Config.read(none));
        assertMessage(
                none + ": there is no such file; expected a safetensors file", () -> SafetensorsReader.open(none));
        assertMessage(directory + ": is a directory; expected a configuration", () -> Config.read(directory));
        Path file = Path.of("a");
        InputFile input = new InputFile(file, "a configuration");
        assertReason("a: permission denied; expected a configuration", input, new AccessDeniedException("a"));
        assertReason("a: there is no such file; expected a configuration", input, new NoSuchFileException("a"));
        assertReason("a: Not a directory", input, new FileSystemException("a", null, "Not a directory"));
        assertReason(
                "a: its symbolic links lead in a circle; expected a configuration",
                input,
                new FileSystemLoopException("a"));
        assertEquals("there is such a file already", Reason.of(new FileAlreadyExistsException("a")));
        assertEquals("it is a directory, and not empty", Reason.of(new DirectoryNotEmptyException("a")));
        assertReason("a: Input/output error; expected a configuration", input, new IOException("Input/output error"));
        assertReason("a: IOException; expected a configuration", input, new IOException());
    }

    private static void assertReason(String message, InputFile input, IOException e) {
        assertEquals(message, input.because(e).getMessage());
        assertEquals(e instanceof NoSuchFileException, input.because(e) instanceof NoSuchFileException);
    }

    private interface Reading {
        Object read() throws IOException;
    }

    private static void assertMessage(String message, Reading reading) {
        assertEquals(message, assertThrows(IOException.class, reading::read).getMessage());
    }

    private static float[] numbers(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = i;
        }
        return numbers;
    }

    /** The interrupted thread reads what it asked for and stays interrupted, and the file stays open for others. */
    @Test
    void anInterruptedThreadClosesNothing() throws IOException {
        Path file = directory.resolve("shared");
        float[] numbers = numbers(200_000);
        new SafetensorsWriter().add("w", numbers, numbers.length).write(file);
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            CompletableFuture<Boolean> other = CompletableFuture.supplyAsync(() -> {
                Thread.currentThread().interrupt();
                try {
                    assertArrayEquals(numbers, reader.floats("w"));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
                return Thread.interrupted();
            });
            assertTrue(other.join(), "the thread stays interrupted");
            assertArrayEquals(numbers, reader.floats("w"));
        }
    }

    /** As a run that was interrupted leaves its thread, which then goes on with what it saved. */
    @Test
    void anInterruptedThreadOpensAFile() throws IOException {
        Path file = directory.resolve("saved");
        new SafetensorsWriter().add("w", numbers(3), 3).write(file);
        Thread.currentThread().interrupt();
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            assertArrayEquals(numbers(3), reader.floats("w"));
            assertTrue(Thread.currentThread().isInterrupted(), "the thread stays interrupted");
        } finally {
            Thread.interrupted();
        }
    }

    /** Interrupts that come in the middle of a read. */
    @Test
    void twoThreadsReadWhileOneIsInterrupted() throws Exception {
        Path file = directory.resolve("shared");
        float[] numbers = numbers(1_000_000);
        new SafetensorsWriter().add("w", numbers, numbers.length).write(file);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            Thread interrupted = reading(reader, numbers, 60, failure);
            Thread other = reading(reader, numbers, 60, failure);
            interrupted.start();
            other.start();
            while (interrupted.isAlive()) {
                interrupted.interrupt();
                Thread.sleep(1);
            }
            other.join();
        }
        assertEquals(null, failure.get());
    }

    private static Thread reading(
            SafetensorsReader reader, float[] numbers, int times, AtomicReference<Throwable> failure) {
        Thread thread = new Thread(() -> {
            for (int i = 0; i < times; i++) {
                try {
                    assertArrayEquals(numbers, reader.floats("w"));
                } catch (IOException e) {
                    failure.set(e);
                }
                // The next interrupt is to come in the middle.
                Thread.interrupted();
            }
        });
        thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
        return thread;
    }

    /** What is opened again must be the file that was opened first. */
    @Test
    void anotherFileOfTheNameIsNotReadOn() throws Exception {
        Path file = directory.resolve("replaced");
        float[] numbers = numbers(1_000_000);
        new SafetensorsWriter().add("w", numbers, numbers.length).write(file);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            new SafetensorsWriter()
                    .add("w", new float[numbers.length], numbers.length)
                    .write(file);
            Thread interrupted = reading(reader, numbers, 100_000, failure);
            interrupted.setDaemon(true);
            interrupted.start();
            long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (failure.get() == null && System.nanoTime() < end) {
                interrupted.interrupt();
                Thread.sleep(1);
            }
        }
        assertEquals(
                file + ": an interrupted thread closed the file, and another one has taken its place; expected it not"
                        + " to change",
                failure.get().getMessage());
    }
}
