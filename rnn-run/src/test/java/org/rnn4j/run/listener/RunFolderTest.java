package org.rnn4j.run.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.serialization.file.LockFile;

/** What a folder refuses and says is in messages/run.txt, but for what the superuser may. */
class RunFolderTest {
    @TempDir
    Path directory;

    @Test
    void isCreatedWithItsParentsAndLeftEmpty() throws IOException {
        RunFolder folder = new RunFolder(directory.resolve("a/b"));
        folder.begin().close();
        try (var files = Files.list(folder.path())) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void whatAnEarlierRunLeftBeforeItsFirstCheckpointIsNoObstacle() throws IOException {
        RunFolder folder = new RunFolder(directory);
        Files.writeString(folder.metrics(), "{\"step\":1}\n");
        folder.begin().close();
        assertTrue(Files.exists(folder.metrics()));
    }

    @Test
    void theFilesAreThoseThatAreThere() throws IOException {
        RunFolder folder = new RunFolder(directory);
        assertEquals(List.of(), folder.files());
        Files.writeString(folder.record(), "{}");
        Files.writeString(folder.configuration(), "format: 1");
        assertEquals(List.of(folder.configuration(), folder.record()), folder.files());
    }

    /** As where the disk that it leads to is not mounted: a new run would put its own checkpoint in the link's place. */
    @Test
    void aCheckpointThatIsALinkToNowhereIsNoFreePlace() throws IOException {
        RunFolder folder = new RunFolder(directory);
        String message =
                "the run folder " + directory + " has a checkpoint.safetensors that is a link and leads nowhere:"
                        + " mount or restore what it leads to, or remove the link";
        for (Path target :
                List.of(directory.resolve("none"), folder.checkpoint().getFileName())) {
            Files.createSymbolicLink(folder.checkpoint(), target);
            assertEquals(
                    message,
                    assertThrows(IllegalStateException.class, folder::begin).getMessage());
            assertEquals(
                    message,
                    assertThrows(IllegalStateException.class, folder::resume).getMessage());
            Files.delete(folder.checkpoint());
        }
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("none"));
        assertEquals(
                "the run folder " + link + " cannot be created: " + link + " is a link that leads nowhere",
                assertThrows(UncheckedIOException.class, new RunFolder(link)::begin)
                        .getMessage());
    }

    /** A run that was killed before its first checkpoint may have nothing else. */
    @Test
    void aBestStateAloneIsNotReplaced() throws IOException {
        RunFolder folder = new RunFolder(directory);
        Files.writeString(folder.best(), "the best");
        String how = "copy it to checkpoint.safetensors and go on with it (--resume)";
        assertEquals(
                "the run folder " + directory
                        + " holds the best.safetensors of a run already, which this one would replace: " + how
                        + ", or choose another folder",
                assertThrows(IllegalStateException.class, folder::begin).getMessage());
        assertEquals(
                "the run folder " + directory + " holds no checkpoint.safetensors, but a best.safetensors: " + how,
                assertThrows(IllegalStateException.class, folder::resume).getMessage());
        assertEquals(List.of(folder.best()), folder.files());
        Files.copy(folder.best(), folder.checkpoint());
        folder.resume().close();
    }

    /** What cannot be looked at is not taken for nothing. */
    @Test
    void permissionsOfAStateAreNoAbsence() throws IOException {
        Path closed = Files.createDirectory(directory.resolve("closed"));
        Files.writeString(new RunFolder(closed).checkpoint(), "a state");
        RunFolder linked = new RunFolder(Files.createDirectory(directory.resolve("linked")));
        Files.createSymbolicLink(linked.checkpoint(), new RunFolder(closed).checkpoint());
        Files.setPosixFilePermissions(closed, Set.of());
        try {
            assumeFalse(Files.isReadable(closed), "this user may read everywhere");
            for (RunFolder folder : List.of(new RunFolder(closed), linked)) {
                String message =
                        assertThrows(UncheckedIOException.class, folder::resume).getMessage();
                assertEquals(
                        "the run folder " + folder.path()
                                + " cannot be read: checkpoint.safetensors: permission denied",
                        message);
            }
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void onlyALockThatWasLostIsMissed() throws IOException {
        RunFolder folder = new RunFolder(directory);
        folder.requireStillHeld();
        try (LockFile lock = folder.begin()) {
            assertTrue(lock.keepsOthersOut());
            folder.requireStillHeld();
            Files.delete(folder.lockFile());
            assertThrows(IllegalStateException.class, folder::requireStillHeld);
        }
        folder.requireStillHeld();
    }

    /** What is in a folder is said by the run that has it to itself, and one that is refused leaves no lock behind. */
    @Test
    void aFolderInUseIsSaidToBeInUseWhateverIsInIt() throws IOException {
        RunFolder folder = new RunFolder(directory);
        try (LockFile lock = folder.begin()) {
            assertTrue(lock.keepsOthersOut());
            Files.writeString(folder.checkpoint(), "a checkpoint");
            RunFolder same = new RunFolder(directory);
            String inUse =
                    "the run folder " + directory + " is in use already, in this very process: wait until that run has"
                            + " ended, or stop it, or choose another folder";
            assertEquals(
                    inUse,
                    assertThrows(IllegalStateException.class, same::begin).getMessage());
            assertEquals(
                    inUse,
                    assertThrows(IllegalStateException.class, same::resume).getMessage());
        }
        assertTrue(assertThrows(IllegalStateException.class, folder::begin)
                .getMessage()
                .contains("holds a run already"));
        assertTrue(Files.notExists(folder.lockFile()));
        folder.resume().close();
    }

    @Test
    void aLockThatIsALinkIsRefused() throws IOException {
        RunFolder folder = new RunFolder(directory);
        Files.createSymbolicLink(folder.lockFile(), directory.resolve("none"));
        assertEquals(
                "the run folder " + directory
                        + " cannot be written to: run.lock: is a symbolic link; expected a regular file, or none",
                assertThrows(UncheckedIOException.class, folder::begin).getMessage());
    }

    /** Linux lets nobody make files there, whoever asks. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aFolderThatTheSystemKeepsIsRefused() {
        Path system = Path.of("/sys");
        assertEquals(
                "the run folder /sys cannot be written to: run.lock: permission denied",
                assertThrows(UncheckedIOException.class, new RunFolder(system)::begin)
                        .getMessage());
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
                    "the run folder " + directory + " cannot be written to: run.lock: permission denied",
                    assertThrows(UncheckedIOException.class, new RunFolder(directory)::begin)
                            .getMessage());
        } finally {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
