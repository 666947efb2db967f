package org.rnn4j.core.input;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/** The reason of a failure in words: the message of many file-system exceptions is only a path, and others have no message. */
public final class Reason {
    private Reason() {}

    /** The reason without the file's name, such as {@code permission denied}. */
    public static String of(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (e instanceof CharacterCodingException) {
            return "it is not UTF-8";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "there is such a file already";
        }
        if (e instanceof DirectoryNotEmptyException) {
            return "it is a directory, and not empty";
        }
        if (e instanceof FileSystemLoopException) {
            return "its symbolic links lead in a circle";
        }
        if (e instanceof FileSystemException failure) {
            return failure.getReason() == null ? e.getClass().getSimpleName() : spoken(failure.getReason());
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : spoken(e.getMessage());
    }

    /** The message of a failure; its type if it has no message. */
    public static String words(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    /** The system begins its reasons with a capital letter, as if each were a sentence of its own. */
    private static String spoken(String reason) {
        return reason.equals("Is a directory") || reason.equals("Permission denied")
                ? reason.toLowerCase(Locale.ROOT)
                : reason;
    }
}
