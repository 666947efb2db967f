package org.rnn4j.training.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a folder refuses and says is in messages/run.txt, but for what the superuser may. */
class RunFolderTest {
    @TempDir
    Path directory;

    @Test
    void isCreatedWithItsParentsAndLeftEmpty() throws IOException {
        RunFolder folder = new RunFolder(directory.resolve("a/b"));
        folder.begin();
        try (var files = Files.list(folder.path())) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void whatAnEarlierRunLeftBeforeItsFirstCheckpointIsNoObstacle() throws IOException {
        RunFolder folder = new RunFolder(directory);
        Files.writeString(folder.metrics(), "{\"step\":1}\n");
        folder.begin();
        assertTrue(Files.exists(folder.metrics()));
    }

    @Test
    void permissionsAreFoundOutBeforeTraining() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assumeFalse(Files.isWritable(directory), "this user may write everywhere");
            RunFolder inside = new RunFolder(directory.resolve("run"));
            assertEquals(
                    "the run folder " + inside.path() + " cannot be created: permission denied",
                    assertThrows(UncheckedIOException.class, inside::begin).getMessage());
            assertEquals(
                    "the run folder " + directory + " cannot be written to: permission denied",
                    assertThrows(UncheckedIOException.class, new RunFolder(directory)::begin)
                            .getMessage());
        } finally {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
