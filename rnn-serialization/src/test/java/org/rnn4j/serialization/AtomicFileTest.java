package org.rnn4j.serialization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path directory;

    @Test
    void replacesTheContent() throws IOException {
        Path target = directory.resolve("a.txt");
        AtomicFile.replace(target, channel -> channel.write(ByteBuffer.wrap(new byte[100])));
        AtomicFile.replace(target, channel -> channel.write(ByteBuffer.wrap(new byte[] {1, 2})));
        assertArrayEquals(new byte[] {1, 2}, Files.readAllBytes(target));
        assertEquals(List.of("a.txt"), names());
    }

    @Test
    void acceptsANameWithoutADirectory() throws IOException {
        Path target = Path.of("atomic-file-test-" + System.nanoTime() + ".tmp");
        try {
            AtomicFile.replace(target, channel -> channel.write(ByteBuffer.wrap(new byte[] {1})));
            assertArrayEquals(new byte[] {1}, Files.readAllBytes(target));
        } finally {
            Files.deleteIfExists(target);
        }
    }

    @Test
    void aFailureLeavesNothingWhereNothingWas() throws IOException {
        Path target = directory.resolve("a.txt");
        IOException cause = new IOException("No space left on device");
        FileSystemException failure = assertThrows(
                FileSystemException.class,
                () -> AtomicFile.replace(target, channel -> {
                    channel.write(ByteBuffer.wrap(new byte[100]));
                    throw cause;
                }));
        assertEquals(target + ": cannot write: No space left on device", failure.getMessage());
        assertSame(cause, failure.getCause());
        assertEquals(List.of(), names());
    }

    @Test
    void aFailureLeavesTheOldContent() throws IOException {
        Path target = Files.write(directory.resolve("a.txt"), new byte[] {5});
        assertThrows(
                IllegalStateException.class,
                () -> AtomicFile.replace(target, channel -> {
                    channel.write(ByteBuffer.wrap(new byte[100]));
                    throw new IllegalStateException();
                }));
        assertArrayEquals(new byte[] {5}, Files.readAllBytes(target));
        assertEquals(List.of("a.txt"), names());
    }

    @Test
    void anInterruptedSafetensorsWriterLeavesTheOldFile() throws IOException {
        Path target = directory.resolve("model.safetensors");
        new SafetensorsWriter().add("w", new float[] {1}, 1).write(target);
        byte[] before = Files.readAllBytes(target);
        Thread.currentThread().interrupt();
        FileSystemException failure;
        try {
            failure = assertThrows(
                    FileSystemException.class,
                    () -> new SafetensorsWriter()
                            .add("w", new float[1_000_000], 1_000_000)
                            .write(target));
        } finally {
            assertTrue(Thread.interrupted());
        }
        assertEquals(target + ": cannot write: ClosedByInterruptException", failure.getMessage());
        assertEquals(ClosedByInterruptException.class, failure.getCause().getClass());
        assertArrayEquals(before, Files.readAllBytes(target));
        assertEquals(List.of("model.safetensors"), names());
    }

    @Test
    void aSafetensorsWriterThatCannotRenameLeavesNoTemporaryFile() throws IOException {
        Path target = Files.createDirectory(directory.resolve("model.safetensors"));
        Files.write(target.resolve("inside"), new byte[1]);
        SafetensorsWriter writer = new SafetensorsWriter().add("w", new float[] {1}, 1);
        FileSystemException failure = assertThrows(FileSystemException.class, () -> writer.write(target));
        assertTrue(failure.getMessage().startsWith(target + ": cannot write: "), failure.getMessage());
        assertEquals(List.of("model.safetensors"), names());
    }

    @Test
    void namesTheMissingDirectory() {
        Path target = directory.resolve("missing").resolve("a.txt");
        FileSystemException failure =
                assertThrows(FileSystemException.class, () -> AtomicFile.replace(target, channel -> {}));
        assertEquals(
                target + ": cannot write: " + target.getParent() + " is not an existing directory",
                failure.getMessage());
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }
}
