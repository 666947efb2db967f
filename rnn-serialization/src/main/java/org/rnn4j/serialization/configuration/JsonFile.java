package org.rnn4j.serialization.configuration;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.rnn4j.core.input.InputFile;
import org.rnn4j.serialization.Limits;
import org.rnn4j.serialization.file.AtomicFile;
import org.rnn4j.serialization.file.DamagedFile;

/** A file with one JSON object of plain values: maps, lists, strings, numbers and booleans. */
public final class JsonFile {
    private static final String BEGUN_ANEW = "a new one is begun";

    private JsonFile() {}

    private static InputFile input(Path file) {
        return new InputFile(file, "a JSON object");
    }

    /**
     * Replaces a file, see {@link AtomicFile}; indented, in the order of the maps. A number that is not finite becomes a string.
     *
     * @throws ConfigException if {@link #read} would refuse the file because it would be too large or too deep; nothing has been written then
     */
    public static void write(Path file, Map<String, ?> object) throws IOException {
        String text = Json.pretty(object);
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        checkSize(file, utf8.length);
        Json.object(text, file.toString(), 1);
        AtomicFile.replace(file, channel -> AtomicFile.writeFully(channel, ByteBuffer.wrap(utf8)));
    }

    /**
     * Reads a file; whole numbers are {@link Long}, others {@link Double}.
     *
     * @throws ConfigException if it does not contain a JSON object, or has more bytes than {@link Limits#JSON_CHARS}
     * @throws IOException if it cannot be read, or is not a regular file
     */
    public static Map<String, Object> read(Path file) throws IOException {
        InputFile input = input(file);
        checkSize(file, input.size());
        return Json.object(Config.utf8(input, Limits.JSON_CHARS), file.toString(), 1);
    }

    private static void checkSize(Path file, long bytes) {
        if (bytes > Limits.JSON_CHARS) {
            throw new ConfigException(
                    file.toString(),
                    1,
                    "",
                    "the file has " + bytes + " bytes; expected a JSON object of at most " + Limits.JSON_CHARS,
                    null);
        }
    }

    /**
     * Reads a side file, which is less important than the run. If it does not contain a JSON object, or is a pipe, a device or a socket, it is kept
     * as {@code NAME.damaged-1}, the log says so, and its name is free for a new file.
     *
     * @return empty if there is no such file, or if it was damaged
     * @throws IOException if it cannot be read, which does not count as damage, or if it cannot be renamed
     */
    public static Optional<Map<String, Object>> readOrPutAside(Path file) throws IOException {
        InputFile input = input(file);
        if (input.isOther()) {
            DamagedFile.putAside(file, file + ": is a pipe, a device or a socket", BEGUN_ANEW);
            return Optional.empty();
        }
        try {
            return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
        } catch (ConfigException e) {
            DamagedFile.putAside(file, e.getMessage(), BEGUN_ANEW);
            return Optional.empty();
        }
    }
}
