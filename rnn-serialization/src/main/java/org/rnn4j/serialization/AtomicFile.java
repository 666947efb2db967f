package org.rnn4j.serialization;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Replaces a file as a whole: whoever reads the target sees all of the old content or all of the new, also after a
 * crash.
 *
 * <p>The content goes to a temporary file beside the target, is forced to disk, and takes the target's name in one
 * step. When anything fails, the temporary file is removed and the target is as it was. A process that is killed can
 * leave a temporary file ({@code .NAME.*.tmp}) behind, never a partial target. A symbolic link in the target's place is
 * replaced, not followed.
 */
public final class AtomicFile {
    private static final System.Logger LOG = System.getLogger(AtomicFile.class.getName());

    private AtomicFile() {}

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {
        /** Writes everything to the channel, which the caller closes. */
        void writeTo(WritableByteChannel channel) throws IOException;
    }

    /**
     * Writes the content and then gives it the target's name, in place of the file that may have had it.
     *
     * @throws FileSystemException naming the target, if its directory is missing or not writable, or if writing fails
     */
    public static void replace(Path target, Content content) throws IOException {
        Path directory = target.toAbsolutePath().getParent();
        if (directory == null) {
            throw new FileSystemException(
                    target.toString(), null, "cannot write: this is a root, expected a file name");
        }
        if (!Files.isDirectory(directory)) {
            throw new FileSystemException(
                    target.toString(), null, "cannot write: " + directory + " is not an existing directory");
        }
        Path temporary = directory.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        boolean moved = false;
        try {
            write(temporary, content);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            moved = true;
        } catch (IOException e) {
            FileSystemException failure =
                    new FileSystemException(target.toString(), null, "cannot write: " + reason(e));
            failure.initCause(e);
            throw failure;
        } finally {
            if (!moved) {
                remove(temporary);
            }
        }
        forceDirectory(directory);
    }

    /** Writes all that is left of a buffer: a channel may take less at a time. */
    static void writeFully(WritableByteChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private static void write(Path temporary, Content content) throws IOException {
        // Not Files.createTempFile: its files are readable by their owner alone, and so would the target be.
        try (FileChannel channel =
                FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            content.writeTo(channel);
            channel.force(true);
        }
    }

    /** Removes what is left of a failed attempt; if that fails too, the first failure is the one to report. */
    private static void remove(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot remove the temporary file " + temporary, e);
        }
    }

    /** Makes the rename itself durable, where the system can force a directory (Windows cannot open one). */
    private static void forceDirectory(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // The new file is complete and in place; only when the name reaches the disk is then up to the file system.
            LOG.log(System.Logger.Level.DEBUG, "directory not forced to disk: " + directory, e);
        }
    }

    /** The part of the message that does not name the temporary file, of which the user knows nothing. */
    private static String reason(IOException e) {
        if (e instanceof FileSystemException failure && failure.getReason() != null) {
            return failure.getReason();
        }
        return e instanceof FileSystemException || e.getMessage() == null
                ? e.getClass().getSimpleName()
                : e.getMessage();
    }
}
