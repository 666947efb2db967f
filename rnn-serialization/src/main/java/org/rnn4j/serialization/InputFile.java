package org.rnn4j.serialization;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A file that is there to be read: a regular one, or a symbolic link to one. Opening a pipe would wait for its writer, and a device may have no
 * end. What goes wrong is said in words: the exceptions of {@code java.nio} often have a path for a message.
 *
 * @param expected what the file should have been, for messages
 */
record InputFile(Path path, String expected) {

    /** The file as it is now, to be told from one that takes its place. */
    record Identity(Object key, long size, Object modified) {}

    /**
     * Opens it.
     *
     * @throws FileSystemException with the reason, where it cannot be read or is not a regular file
     */
    FileChannel open() throws IOException {
        identity();
        try {
            return FileChannel.open(path, StandardOpenOption.READ);
        } catch (IOException e) {
            throw because(e);
        }
    }

    /** All bytes of it, of which there must not be more than a number. */
    byte[] bytes(int most) throws IOException {
        identity();
        // A stream of a file is not closed by an interrupt, as a channel is.
        try (InputStream in = Files.newInputStream(path)) {
            // The size that the system tells may be another one a moment later.
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new FileSystemException(
                        path.toString(),
                        null,
                        "has more than " + most + " bytes (" + Files.size(path) + "); expected " + expected
                                + " of at most so many");
            }
            return bytes;
        } catch (IOException e) {
            throw because(e);
        }
    }

    /** Refuses what is not a regular file, before it is opened. */
    Identity identity() throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (IOException e) {
            throw because(e);
        }
        if (attributes.isDirectory()) {
            throw new FileSystemException(path.toString(), null, "is a directory; expected " + expected);
        }
        if (!attributes.isRegularFile()) {
            throw new FileSystemException(
                    path.toString(), null, "is a pipe, a device or a socket; expected " + expected);
        }
        return new Identity(attributes.fileKey(), attributes.size(), attributes.lastModifiedTime());
    }

    /** The exception with its {@link Reason} in words, of the same kind where callers tell kinds apart. */
    IOException because(IOException e) {
        if (e instanceof FileSystemException failure && failure.getReason() != null) {
            return failure;
        }
        String reason = Reason.of(e) + "; expected " + expected;
        FileSystemException result = e instanceof NoSuchFileException
                ? new NoSuchFileException(path.toString(), null, reason)
                : e instanceof AccessDeniedException
                        ? new AccessDeniedException(path.toString(), null, reason)
                        : new FileSystemException(path.toString(), null, reason);
        result.initCause(e);
        return result;
    }
}
