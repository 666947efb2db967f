package org.rnn4j.serialization.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.serialization.safetensors.SafetensorsWriter;

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
        assertEquals(target + ": No space left on device", failure.getMessage());
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

    /** An interrupt closes every channel that the thread uses; it asks for an end, not for a loss. */
    @Test
    void anInterruptedThreadWritesTheWholeFile() throws IOException {
        Path target = directory.resolve("model.safetensors");
        float[] values = new float[1_000_000];
        new SafetensorsWriter().add("w", values, values.length).write(target);
        byte[] expected = Files.readAllBytes(target);
        Files.delete(target);
        Thread.currentThread().interrupt();
        try {
            new SafetensorsWriter().add("w", values, values.length).write(target);
        } finally {
            assertTrue(Thread.interrupted(), "the thread is interrupted afterwards as before");
        }
        assertArrayEquals(expected, Files.readAllBytes(target));
        assertEquals(List.of("model.safetensors"), names());
    }

    @Test
    void aWriteThatIsInterruptedHalfwayIsDoneAgain() throws IOException {
        Path target = directory.resolve("a.txt");
        int[] attempts = new int[1];
        try {
            AtomicFile.replace(target, channel -> {
                channel.write(ByteBuffer.wrap(new byte[] {1}));
                if (attempts[0]++ == 0) {
                    Thread.currentThread().interrupt();
                }
                channel.write(ByteBuffer.wrap(new byte[] {2}));
            });
        } finally {
            assertTrue(Thread.interrupted());
        }
        assertEquals(2, attempts[0]);
        assertArrayEquals(new byte[] {1, 2}, Files.readAllBytes(target));
        assertEquals(List.of("a.txt"), names());
    }

    @Test
    void reasonsThatAreNoMoreThanAPathAreSaidInWords() {
        Path target = directory.resolve("a.txt");
        Map<String, IOException> causes = Map.of(
                "permission denied", new AccessDeniedException("a path"),
                "there is no such file", new NoSuchFileException("a path"),
                "is a directory", new IOException("Is a directory"),
                "it is not UTF-8", new MalformedInputException(1),
                "No space left on device", new IOException("No space left on device"),
                "IOException", new IOException());
        causes.forEach((reason, cause) -> {
            FileSystemException failure = assertThrows(
                    FileSystemException.class,
                    () -> AtomicFile.replace(target, channel -> {
                        throw cause;
                    }));
            assertEquals(target + ": " + reason, failure.getMessage());
        });
    }

    /** As a kill between writing and renaming leaves them, beside names that only look alike. */
    @Test
    void whatKilledWritesLeftIsRemovedAndNothingElse() throws IOException {
        AtomicFile.replace(directory.resolve("a.txt"), channel -> {
            Files.copy(temporary(), directory.resolve(temporary().getFileName() + ".copy"));
            Path copy = directory.resolve(temporary().getFileName().toString().replace(".a.txt.", ".b.c."));
            Files.write(copy, new byte[] {1});
        });
        List<String> others = List.of(
                ".tmp",
                ".a.txt.tmp",
                ".a.txt.6b1e7d5c-0d7b-4f0e-9f43.tmp",
                "a.txt.6b1e7d5c-0d7b-4f0e-9f43-1c2f3a4b5c6d.tmp",
                ".a.txt.6b1e7d5c-0d7b-4f0e-9f43-1c2f3a4b5c6d.tmp.txt");
        for (String name : others) {
            Files.write(directory.resolve(name), new byte[] {1});
        }
        String inTheWay = ".a.txt.6b1e7d5c-0d7b-4f0e-9f43-1c2f3a4b5c6d.tmp";
        Files.createDirectory(directory.resolve(inTheWay));
        List<String> before = names();
        assertEquals(others.size() + 4, before.size());
        AtomicFile.removeAbandoned(directory);
        List<String> expected = new ArrayList<>(before);
        expected.removeIf(name -> name.startsWith(".b.c."));
        assertEquals(before.size() - 1, expected.size());
        assertEquals(expected, names());
    }

    /** The file that a replacement in progress is written to. */
    private Path temporary() throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".tmp"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void aSafetensorsWriterThatCannotRenameLeavesNoTemporaryFile() throws IOException {
        Path target = Files.createDirectory(directory.resolve("model.safetensors"));
        Files.write(target.resolve("inside"), new byte[1]);
        SafetensorsWriter writer = new SafetensorsWriter().add("w", new float[] {1}, 1);
        FileSystemException failure = assertThrows(FileSystemException.class, () -> writer.write(target));
        assertTrue(failure.getMessage().startsWith(target + ": "), failure.getMessage());
        assertEquals(List.of("model.safetensors"), names());
    }

    @Test
    void namesTheMissingDirectory() {
        Path target = directory.resolve("missing").resolve("a.txt");
        FileSystemException failure =
                assertThrows(FileSystemException.class, () -> AtomicFile.replace(target, channel -> {}));
        assertEquals(target + ": " + target.getParent() + " is not an existing directory", failure.getMessage());
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }
}
