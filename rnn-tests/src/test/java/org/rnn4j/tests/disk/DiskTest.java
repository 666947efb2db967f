package org.rnn4j.tests.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The disk does what it is told, and nothing else. */
class DiskTest {
    @TempDir
    Path directory;

    private Disk disk;

    @BeforeEach
    void make() throws IOException {
        disk = Disk.over(directory);
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(disk.path(name), text);
    }

    private void append(String name, String text) throws IOException {
        Files.writeString(disk.path(name), text, StandardOpenOption.APPEND);
    }

    private void force(String name) throws IOException {
        try (FileChannel channel = FileChannel.open(disk.path(name), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private void rename(String from, String to) throws IOException {
        Files.move(disk.path(from), disk.path(to), StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void withoutAFaultItIsTheSystems() throws IOException {
        write("a", "text");
        assertEquals("text", Files.readString(disk.path("a")));
        rename("a", "b");
        Path folder = Files.createDirectories(disk.path("c").resolve("d"));
        Files.delete(Files.createTempFile(folder, "x", ".tmp"));
        Files.delete(folder);
        Files.delete(folder.getParent());
        try (Stream<Path> files = Files.list(disk.path(""))) {
            assertEquals(List.of(disk.path("b")), files.toList());
        }
        assertEquals(Map.of("b", "text"), contents());
        assertEquals(directory.resolve("b").toString(), disk.path("b").toString());
        assertThrows(UnsupportedOperationException.class, () -> disk.path("b").toFile());
    }

    @Test
    void theNthOperationFails() throws IOException {
        disk.breaks(Fault.failsAt(2));
        IOException failure = assertThrows(IOException.class, () -> write("a", "abcd"));
        assertEquals("Input/output error", failure.getMessage());
        assertEquals(Map.of("a", "ab"), contents(), "half of it is written");
        write("a", "abcd");
        assertEquals(Map.of("a", "abcd"), contents());
        assertEquals(4, disk.operations());
    }

    @Test
    void aFullDiskStillDeletesAndReads() throws IOException {
        write("a", "abcd");
        write("b", "efgh");
        disk.breaks(Fault.fullFrom(2));
        assertThrows(IOException.class, () -> append("a", "ijkl"));
        assertThrows(IOException.class, () -> write("c", ""));
        assertEquals("abcdij", Files.readString(disk.path("a")));
        Files.delete(disk.path("b"));
        assertEquals(Map.of("a", "abcdij"), contents());
    }

    @Test
    void aBrokenDiskDoesNothing() throws IOException {
        write("a", "abcd");
        disk.breaks(Fault.failsFrom(1));
        assertThrows(IOException.class, () -> Files.readString(disk.path("a")));
        assertThrows(IOException.class, () -> Files.delete(disk.path("a")));
        assertThrows(IOException.class, () -> rename("a", "b"));
        assertThrows(IOException.class, () -> Files.createDirectory(disk.path("c")));
        assertThrows(IOException.class, () -> Files.list(disk.path("")));
        assertEquals(Map.of("a", "abcd"), contents());
    }

    @Test
    void withoutPowerNothingIsAnswered() throws IOException {
        write("a", "abcd");
        FileChannel open = FileChannel.open(disk.path("a"), StandardOpenOption.WRITE);
        disk.breaks(Fault.powerGoesAt(1));
        assertThrows(PowerLoss.class, () -> open.force(true));
        assertThrows(PowerLoss.class, () -> Files.exists(disk.path("a")));
        assertThrows(PowerLoss.class, open::size);
        disk.restarts(Survival.ALL);
        assertThrows(IOException.class, () -> open.write(ByteBuffer.allocate(1)));
        assertEquals("abcd", Files.readString(disk.path("a")));
    }

    /** What was forced is there; what was not is as the kind of survival says. */
    @ParameterizedTest
    @EnumSource
    void whatWasForcedSurvives(Survival survival) throws IOException {
        write("old", "0123");
        write("log", "one ");
        write("gone", "g");
        force("old");
        force("log");
        force("gone");
        force("");
        // Replaced as a whole, but for the last step: the folder.
        write("new", "4567");
        force("new");
        rename("new", "old");
        append("log", "two ");
        write("empty", "never forced");
        Files.delete(disk.path("gone"));
        disk.breaks(Fault.powerGoesAt(1));
        assertThrows(PowerLoss.class, () -> append("log", "!"));
        disk.restarts(survival);
        assertEquals(
                switch (survival) {
                    case NOTHING -> Map.of("old", "0123", "log", "one ", "gone", "g");
                    case NAMES -> Map.of("old", "4567", "log", "one ", "empty", "");
                    case LENGTHS -> Map.of("old", "4567", "log", "one \0\0\0\0", "empty", "\0".repeat(12));
                    // Of four changes of names, two: the new file, and that it replaces the old one.
                    case HALF -> Map.of("old", "4567", "log", "one tw", "gone", "g");
                    case ALL -> Map.of("old", "4567", "log", "one two ", "empty", "never forced");
                },
                contents());
    }

    @Test
    void aFolderThatWasNotForcedIsLostWithAllThatIsInIt() throws IOException {
        Path folder = Files.createDirectory(disk.path("folder"));
        Path file = Files.write(folder.resolve("file"), "text".getBytes(StandardCharsets.UTF_8));
        force("folder/file");
        force("folder");
        disk.breaks(Fault.powerGoesAt(1));
        assertThrows(PowerLoss.class, () -> Files.delete(file));
        disk.restarts(Survival.NOTHING);
        assertFalse(Files.exists(folder));
        assertTrue(Files.isDirectory(directory));
    }
}
