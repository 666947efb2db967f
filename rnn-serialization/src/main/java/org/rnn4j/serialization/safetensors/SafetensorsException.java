package org.rnn4j.serialization.safetensors;

import java.io.IOException;
import java.nio.file.Path;
import org.rnn4j.core.input.Printable;

/**
 * A file is not a safetensors file, or does not contain what was requested.
 *
 * <p>The message names the file, the place (a tensor, a byte), what is wrong there and what was expected. It is an
 * {@link IOException} because a program that reads untrusted files must handle it like a disk error.
 */
public final class SafetensorsException extends IOException {
    private static final long serialVersionUID = 1L;

    /** A problem of a file. */
    public SafetensorsException(Path file, String problem) {
        super(file + ": " + Printable.brief(problem));
    }

    /** A problem of a file, and its cause. */
    public SafetensorsException(Path file, String problem, Throwable cause) {
        super(file + ": " + Printable.brief(problem), cause);
    }

    /** A name in quotes for a message: control characters are escaped, and it is not longer than a line. */
    public static String quoted(String name) {
        int shown = Math.min(name.length(), 80);
        return "'" + Printable.text(name.substring(0, shown))
                + (shown < name.length() ? "...' (" + name.length() + " characters)" : "'");
    }
}
