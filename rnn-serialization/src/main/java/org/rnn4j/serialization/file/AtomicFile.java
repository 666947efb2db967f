package org.rnn4j.serialization.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.rnn4j.core.input.Reason;

/**
 * Replaces a file atomically: a reader of the target sees either the complete old content or the complete new content, even after a crash.
 *
 * <p>The content is written to a temporary file beside the target and forced to disk, and the file is then renamed to the target in one step. If
 * anything fails, the temporary file is removed and the target is unchanged. A process that is killed can
 * leave a temporary file ({@code .NAME.*.tmp}) behind, never a partial target; {@link #removeAbandoned} removes it. If the target is a symbolic link,
 * the link is replaced, not followed. An interrupted thread also writes the file, and stays interrupted.
 */
public final class AtomicFile {
    private static final System.Logger LOG = System.getLogger(AtomicFile.class.getName());
    /** The names from {@link #temporary}. */
    private static final Pattern TEMPORARY =
            Pattern.compile("\\..+\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.tmp", Pattern.DOTALL);

    private AtomicFile() {}

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {
        /** Writes everything to the channel, which the caller closes. Called again, with another channel, if the thread was interrupted. */
        void writeTo(SeekableByteChannel channel) throws IOException;
    }

    /**
     * Writes the content and then renames it to the target, replacing an existing file.
     *
     * @throws FileSystemException naming the target and the reason, if its directory is missing or not writable, or if writing fails; the caller
     *     should add what could not be written
     */
    public static void replace(Path target, Content content) throws IOException {
        Path directory = target.toAbsolutePath().getParent();
        if (directory == null) {
            throw new FileSystemException(target.toString(), null, "this is a root, expected a file name");
        }
        if (!Files.isDirectory(directory)) {
            throw new FileSystemException(target.toString(), null, directory + " is not an existing directory");
        }
        try {
            Uninterrupted.run(() -> writeAndMove(directory, target, content));
        } catch (IOException e) {
            FileSystemException failure = new FileSystemException(target.toString(), null, Reason.of(e));
            failure.initCause(e);
            throw failure;
        }
        forceDirectory(directory);
    }

    private static void writeAndMove(Path directory, Path target, Content content) throws IOException {
        Path temporary = temporary(directory, target);
        boolean moved = false;
        try {
            write(temporary, content);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            moved = true;
        } finally {
            if (!moved) {
                remove(temporary);
            }
        }
    }

    private static Path temporary(Path directory, Path target) {
        return directory.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    }

    /**
     * Creates a directory and its missing parents. Their names are forced to disk too: without its directory, no file in it survives
     * a power loss.
     */
    public static void createDirectories(Path directory) throws IOException {
        List<Path> parents = new ArrayList<>();
        for (Path path = directory.toAbsolutePath(); !Files.exists(path); path = path.getParent()) {
            parents.add(path.getParent());
        }
        Files.createDirectories(directory);
        parents.forEach(AtomicFile::forceDirectory);
    }

    /**
     * Checks whether a directory can be written to, by writing a file, because permissions are not the only condition. {@link #removeAbandoned}
     * removes the file that a failure leaves.
     */
    public static void checkWritable(Path directory) throws IOException {
        Files.delete(Files.createFile(temporary(directory, directory.resolve("writable"))));
    }

    /**
     * Removes the temporary files of processes that were killed while writing: those whose names have the form that this class uses, and no others.
     * Call it only while no other process writes to the directory, see {@link LockFile}.
     */
    public static void removeAbandoned(Path directory) throws IOException {
        List<Path> abandoned;
        try (Stream<Path> files = Files.list(directory)) {
            abandoned = files.filter(file ->
                            TEMPORARY.matcher(file.getFileName().toString()).matches())
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
        for (Path file : abandoned) {
            remove(file);
        }
    }

    /** Writes the rest of a buffer; a channel may write less at a time. */
    public static void writeFully(WritableByteChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private static void write(Path temporary, Content content) throws IOException {
        // Not Files.createTempFile: its files are readable only by their owner, and so would the target be.
        try (FileChannel channel =
                FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            content.writeTo(channel);
            channel.force(true);
        }
    }

    /** Removes the remains of a failed attempt; if that fails too, the first failure is reported. */
    private static void remove(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot remove the temporary file " + temporary, e);
        }
    }

    /** Makes the rename itself durable, if the system can force a directory (Windows cannot open one). */
    public static void forceDirectory(Path directory) {
        try {
            Uninterrupted.run(() -> {
                try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                    channel.force(true);
                }
            });
        } catch (IOException e) {
            // The new file is complete and in place; only when the name reaches the disk is then up to the file system.
            LOG.log(System.Logger.Level.DEBUG, "directory not forced to disk: " + directory, e);
        }
    }
}
