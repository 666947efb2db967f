package org.rnn4j.serialization.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.rnn4j.core.input.Reason;

/**
 * The lock of a directory. One process at a time holds it, and the system releases it when the process dies for whatever reason.
 *
 * <pre>{@code
 * try (LockFile lock = LockFile.take(folder.resolve("run.lock"))) {
 *     AtomicFile.removeAbandoned(folder);
 * }
 * }</pre>
 *
 * <p>The file contains the id of the process that holds the lock, and is removed when the lock is released. A process that dies leaves the file, so
 * its existence means nothing. Some network file systems cannot lock; then the log says so, and only locks of this process are detected.
 */
public final class LockFile implements Closeable {
    private static final System.Logger LOG = System.getLogger(LockFile.class.getName());
    /** Far after the process id, so that others can read the id while the file is locked, on Windows too. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    /** How many lengths a file can have for a moment; it takes no space meanwhile. */
    private static final int MOST_LENGTHS = 1 << 24;

    private static final int LONGEST_NUMBER = 20;
    /** How often the file may be taken from under us before we say so. */
    private static final int ATTEMPTS = 1000;

    private final Path file;
    private final Object key;
    private final FileChannel channel;
    private final FileLock lock;
    private final String mark;

    private LockFile(Path file, Object key, FileChannel channel, FileLock lock, String mark) {
        this.file = file;
        this.key = key;
        this.channel = channel;
        this.lock = lock;
        this.mark = mark;
    }

    /** Another process or another part of this process holds the lock; the message says which. */
    public static final class HeldException extends IOException {
        private static final long serialVersionUID = 1;

        HeldException(String message) {
            super(message);
        }
    }

    /**
     * Takes the lock, or fails at once.
     *
     * @param file created if it is missing; its directory must exist
     * @throws HeldException if this or another process holds it: {@code in use by process 4711}
     * @throws IOException if the file cannot be written, or is not a regular one: a symbolic link, a pipe, a directory
     */
    public static LockFile take(Path file) throws IOException {
        // A system's lock belongs to the whole process, and the process loses it with the first channel of the file
        // that it closes. So what
        // this process holds must be known before the file is opened; what class loaders do not have apart are the
        // system properties.
        String mark = "org.rnn4j.locked."
                + file.toAbsolutePath().getParent().toRealPath().toUri() + file.getFileName();
        if (System.getProperties().putIfAbsent(mark, "true") != null) {
            throw heldByThisProcess();
        }
        LockFile[] taken = new LockFile[1];
        try {
            for (int attempt = 0; taken[0] == null && attempt < ATTEMPTS; attempt++) {
                Uninterrupted.run(() -> taken[0] = open(file, mark));
            }
            if (taken[0] == null) {
                throw new HeldException("in use by processes that take and release it again and again");
            }
            return taken[0];
        } finally {
            if (taken[0] == null) {
                System.clearProperty(mark);
            }
        }
    }

    private static HeldException heldByThisProcess() {
        return new HeldException("in use already, in this very process");
    }

    /**
     * One attempt; null if the previous holder of the lock has just removed the file. Its name may belong to a new file by then, so the file with the
     * name must be the locked one, see {@link #hasTheName}.
     */
    private static LockFile open(Path file, String mark) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            LOG.log(System.Logger.Level.DEBUG, "another process holds this lock, or died while holding it: " + file);
        }
        LockFile result = null;
        FileChannel channel = null;
        try {
            BasicFileAttributes found = attributes(file);
            if (!found.isRegularFile()) {
                throw new FileSystemException(
                        file.toString(),
                        null,
                        "is a "
                                + (found.isSymbolicLink()
                                        ? "symbolic link"
                                        : found.isDirectory() ? "directory" : "pipe, a device or a socket")
                                + "; expected a regular file, or none");
            }
            // A link that takes the file's place now is not followed: what it leads to would be emptied.
            channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            FileLock lock = lock(channel, file);
            Object key = found.fileKey();
            if (Objects.equals(key, attributes(file).fileKey()) && hasTheName(channel, file)) {
                write(channel, Long.toString(ProcessHandle.current().pid()));
                result = new LockFile(file, key, channel, lock, mark);
            }
        } catch (NoSuchFileException e) {
            LOG.log(System.Logger.Level.DEBUG, "this lock was released a moment ago: " + file);
        } finally {
            if (channel != null && result == null) {
                channel.close();
            }
        }
        return result;
    }

    /**
     * Whether the locked file is what has the name. A key is not enough: a file that was opened in between, and removed, can be told from neither of
     * two others that had the same key one after the other. No second channel may look, because the lock goes with the first that is
     * closed: so the locked file gets a length by chance, which what has the name must have too.
     */
    private static boolean hasTheName(FileChannel channel, Path file) throws IOException {
        long length = 1L + ThreadLocalRandom.current().nextInt(MOST_LENGTHS);
        channel.truncate(0);
        channel.write(ByteBuffer.allocate(1), length - 1);
        return attributes(file).size() == length;
    }

    /** Of what has the name, a symbolic link itself. The key in it tells a file from another one that later has its name; some file systems have none. */
    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** The system's lock; null if the file system has none. */
    private static FileLock lock(FileChannel channel, Path file) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException e) {
            throw heldByThisProcess();
        } catch (UnsupportedOperationException | IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    file + " cannot be locked (" + (e instanceof IOException io ? Reason.of(io) : e.toString())
                            + "): make sure that no other process uses this folder at the same time");
            return null;
        }
        if (lock == null) {
            throw new HeldException("in use by " + holder(channel));
        }
        return lock;
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer number = ByteBuffer.allocate(LONGEST_NUMBER);
        int length = channel.read(number, 0);
        String text = new String(number.array(), 0, Math.max(0, length), StandardCharsets.US_ASCII).strip();
        return text.matches("[0-9]+") ? "process " + text : "another process";
    }

    private static void write(FileChannel channel, String number) throws IOException {
        channel.truncate(0);
        AtomicFile.writeFully(channel, ByteBuffer.wrap((number + "\n").getBytes(StandardCharsets.US_ASCII)));
    }

    /** Whether others are excluded: false if the file system cannot lock. */
    public boolean keepsOthersOut() {
        return lock != null;
    }

    /** Whether it was {@linkplain #close released}. */
    public boolean isReleased() {
        return !channel.isOpen();
    }

    /**
     * Whether the locked file still has its name. If it was removed or replaced, alone or with its directory, others do not see the lock, and the
     * file with the name may be theirs.
     */
    public boolean stillHeld() throws IOException {
        if (isReleased()) {
            return false;
        }
        try {
            return Objects.equals(key, attributes(file).fileKey());
        } catch (NoSuchFileException e) {
            LOG.log(System.Logger.Level.DEBUG, "this lock was removed: " + file, e);
            return false;
        } catch (FileSystemException e) {
            // Newer JDKs say that there is no such file, older ones only "Not a directory".
            if (isBelowAFile()) {
                return false;
            }
            throw e;
        }
    }

    /** Whether a file has taken the place of a directory above. */
    private boolean isBelowAFile() {
        Path above = file.toAbsolutePath().getParent();
        while (above != null && !Files.exists(above)) {
            above = above.getParent();
        }
        return above != null && !Files.isDirectory(above);
    }

    /** Releases the lock. Its file is removed, but not one that has taken its place. */
    @Override
    public void close() {
        try (FileChannel last = channel) {
            // While the lock is held: afterwards the file is perhaps another's.
            if (last.isOpen() && stillHeld()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the lock file " + file + " was not removed: " + Reason.of(e));
        } finally {
            System.clearProperty(mark);
        }
    }
}
