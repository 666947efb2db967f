package org.rnn4j.core.input;

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
 * A file to read: a regular file, or a symbolic link to one. Opening a pipe would wait for its writer, and a device may have no end. Its exceptions
 * give the reason in words; the message of many exceptions in {@code java.nio} is only a path.
 *
 * @param expected what the file should have been, for messages
 */
public record InputFile(Path path, String expected) {

    /** Identifies the file as it is now, to detect a replacement. */
    public record Identity(Object key, long size, Object modified) {}

    /**
     * Opens it.
     *
     * @throws FileSystemException with the reason, if it cannot be read or is not a regular file
     */
    public FileChannel open() throws IOException {
        identity();
        try {
            return FileChannel.open(path, StandardOpenOption.READ);
        } catch (IOException e) {
            throw because(e);
        }
    }

    /** Whether the file is a pipe, a device or a socket; false if there is no file. */
    public boolean isOther() throws IOException {
        return Files.exists(path)
                && Files.readAttributes(path, BasicFileAttributes.class).isOther();
    }

    /** How many bytes it has. */
    public long size() throws IOException {
        return identity().size();
    }

    /** Its bytes as a stream, which an interrupt does not close, unlike a channel. */
    public InputStream stream() throws IOException {
        identity();
        try {
            return Files.newInputStream(path);
        } catch (IOException e) {
            throw because(e);
        }
    }

    /**
     * All bytes of it.
     *
     * @param most how many there may be, less than 2^31 - 9; a file of more is refused before it is read
     * @throws FileSystemException with the reason, if it cannot be read, is not a regular file or has more bytes
     */
    public byte[] bytes(int most) throws IOException {
        refuseLarger(size(), most);
        try (InputStream in = stream()) {
            // The size that the system tells may be another one a moment later.
            byte[] bytes = in.readNBytes(most + 1);
            refuseLarger(bytes.length, most);
            return bytes;
        } catch (IOException e) {
            throw because(e);
        }
    }

    private void refuseLarger(long bytes, int most) throws IOException {
        if (bytes > most) {
            throw new FileSystemException(
                    path.toString(),
                    null,
                    "has more than " + most + " bytes (" + size() + "); expected " + expected + " of at most so many");
        }
    }

    /** Refuses what is not a regular file, before it is opened. */
    public Identity identity() throws IOException {
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

    /** The exception with its {@link Reason} in words, of the same type if callers distinguish types. */
    public IOException because(IOException e) {
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
