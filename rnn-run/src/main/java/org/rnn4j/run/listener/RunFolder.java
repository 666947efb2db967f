package org.rnn4j.run.listener;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.rnn4j.core.input.Reason;
import org.rnn4j.serialization.file.AtomicFile;
import org.rnn4j.serialization.file.LockFile;

/** The folder of one run. */
public final class RunFolder {
    private static final String HOW_TO_USE_BEST = "copy it to checkpoint.safetensors and go on with it (--resume)";

    private final Path path;
    /** Null until the run begins. */
    private LockFile lock;

    /**
     * A folder.
     *
     * @param path where it is; it need not exist yet
     */
    public RunFolder(Path path) {
        this.path = path;
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** The configuration that the run was started with. */
    public Path configuration() {
        return path.resolve("config.yaml");
    }

    /** The state to resume from. */
    public Path checkpoint() {
        return path.resolve("checkpoint.safetensors");
    }

    /** The state with the best validation so far. */
    public Path best() {
        return path.resolve("best.safetensors");
    }

    /** The numbers of each step and each validation, as JSON lines. */
    public Path metrics() {
        return path.resolve("metrics.jsonl");
    }

    /** When, where and with which versions the run took place, which may differ between equal runs. */
    public Path record() {
        return path.resolve("run.json");
    }

    /** The lock that excludes other runs from the folder, see {@link #begin}. */
    public Path lockFile() {
        return path.resolve("run.lock");
    }

    /** The loss curve. */
    public Path curve() {
        return path.resolve("curve.png");
    }

    /** The existing files of a run, in the order of interest to a reader. */
    public List<Path> files() {
        return Stream.of(configuration(), checkpoint(), best(), metrics(), curve(), record())
                .filter(Files::exists)
                .toList();
    }

    /**
     * Locks the folder for a new run, creating it if it is missing. The lock excludes all others until it is closed; the system releases the lock of
     * a process that dies.
     *
     * @throws IllegalStateException if another run uses the folder, in this process or in another one; if a run was saved in it, even if only its
     *     best state; or if the checkpoint is a dangling link
     * @throws UncheckedIOException if it cannot be created, read or written to
     */
    public LockFile begin() {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw failure("is a file, expected a folder", null);
        }
        try {
            AtomicFile.createDirectories(path);
        } catch (IOException e) {
            throw failure("cannot be created: " + reason(e), e);
        }
        return take(() -> {
            if (isThere(checkpoint())) {
                throw new IllegalStateException("the run folder " + path + " holds a run already, saved in "
                        + checkpoint().getFileName() + ": go on with it (--resume), or choose another folder");
            }
            if (isThere(best()) && !Files.isDirectory(best())) {
                throw new IllegalStateException("the run folder " + path + " holds the " + best().getFileName()
                        + " of a run already, which this one would replace: " + HOW_TO_USE_BEST
                        + ", or choose another folder");
            }
        });
    }

    /**
     * Locks the folder to resume its run, and excludes all others until the lock is closed; see {@link #begin}.
     *
     * @throws IllegalStateException if no run was saved in it, the checkpoint is a dangling link, or another run uses the folder
     * @throws UncheckedIOException if it cannot be read or written to
     */
    public LockFile resume() {
        requireSaved(); // a folder that is missing has no place for a lock
        return take(this::requireSaved);
    }

    private void requireSaved() {
        if (!isThere(checkpoint())) {
            throw new IllegalStateException("the run folder " + path + " holds no "
                    + checkpoint().getFileName()
                    + (isThere(best())
                            ? ", but a " + best().getFileName() + ": " + HOW_TO_USE_BEST
                            : ", so there is nothing to resume: begin a new run (without --resume)"));
        }
    }

    /**
     * Whether one of the two states exists. If this cannot be determined, they are not treated as absent. A dangling link, for example to a disk that
     * is not mounted, is refused for a new run, because its checkpoint would replace the link.
     */
    private boolean isThere(Path state) {
        try {
            Files.readAttributes(state, BasicFileAttributes.class);
            return true;
        } catch (IOException e) {
            boolean isLink = Files.isSymbolicLink(state);
            if (!isLink && e instanceof NoSuchFileException) {
                return false;
            }
            if (isLink && !(e instanceof AccessDeniedException)) {
                throw new IllegalStateException(
                        "the run folder " + path + " has a " + state.getFileName()
                                + " that is a link and leads nowhere: mount or restore what it leads to, or remove the link",
                        e);
            }
            throw failure("cannot be read: " + state.getFileName() + ": " + reason(e), e);
        }
    }

    /** Locks the folder, and then checks what can only be checked under the lock. */
    private LockFile take(Runnable check) {
        LockFile taken = locked();
        boolean kept = false;
        try {
            check.run();
            checkWritable();
            lock = taken;
            kept = true;
            return taken;
        } finally {
            if (!kept) {
                taken.close();
            }
        }
    }

    private LockFile locked() {
        try {
            return LockFile.take(lockFile());
        } catch (LockFile.HeldException e) {
            throw new IllegalStateException(
                    "the run folder " + path + " is " + e.getMessage()
                            + ": wait until that run has ended, or stop it, or choose another folder",
                    e);
        } catch (IOException e) {
            throw failure("cannot be written to: " + lockFile().getFileName() + ": " + reason(e), e);
        }
    }

    /**
     * Refuses to continue if the lock no longer excludes others, because the folder or the lock file was removed or replaced. Every writer calls this
     * first, because the folder may now belong to another run. If the folder is not locked, nothing is refused.
     *
     * @throws IllegalStateException if the lock is lost
     * @throws UncheckedIOException if this cannot be determined
     */
    public void requireStillHeld() {
        try {
            if (lock != null && !lock.isReleased() && !lock.stillHeld()) {
                throw new IllegalStateException("the run folder " + path + " was removed or replaced while this run was"
                        + " using it (its " + lockFile().getFileName()
                        + " is no longer the one that this run made): nothing more is written there");
            }
        } catch (IOException e) {
            throw failure("cannot be read: " + reason(e), e);
        }
    }

    private void checkWritable() {
        try {
            AtomicFile.checkWritable(path);
        } catch (IOException e) {
            throw failure("cannot be written to: " + reason(e), e);
        }
    }

    private UncheckedIOException failure(String what, IOException cause) {
        String message = "the run folder " + path + " " + what;
        FileSystemException failure = new FileSystemException(path.toString(), null, what);
        if (cause != null) {
            failure.initCause(cause);
        }
        return new UncheckedIOException(message, failure);
    }

    private String reason(IOException e) {
        for (Path part = path.toAbsolutePath(); part != null; part = part.getParent()) {
            if (Files.exists(part) && !Files.isDirectory(part)) {
                return part + " is a file";
            }
            if (Files.isSymbolicLink(part) && !Files.exists(part)) {
                return part + " is a link that leads nowhere";
            }
        }
        return Reason.of(e);
    }
}
