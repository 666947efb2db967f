package org.rnn4j.serialization;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A file of one JSON object of plain values: maps, lists, strings, numbers and booleans. */
public final class JsonFile {
    private JsonFile() {}

    /** Replaces a file, see {@link AtomicFile}; indented, in the order of the maps. A number that is not finite becomes a string. */
    public static void write(Path file, Map<String, ?> object) throws IOException {
        byte[] utf8 = Json.pretty(object).getBytes(StandardCharsets.UTF_8);
        AtomicFile.replace(file, channel -> AtomicFile.writeFully(channel, ByteBuffer.wrap(utf8)));
    }

    /**
     * Reads a file; whole numbers are {@link Long}, others {@link Double}.
     *
     * @throws ConfigException where it holds no JSON object
     */
    public static Map<String, Object> read(Path file) throws IOException {
        try {
            return Json.object(Files.readString(file), file.toString(), 1);
        } catch (CharacterCodingException e) {
            throw new ConfigException(file.toString(), 1, "", "the file is not UTF-8", e);
        }
    }

    /**
     * Reads a file that is worth less than what it stands beside. Where it holds no JSON object, it is kept as {@code NAME.damaged-1}, the log
     * says so, and its name is free for a new one.
     *
     * @return nothing where there is no such file, or where it was damaged
     * @throws IOException where it cannot be read, which says nothing of what is in it, or not be put aside
     */
    public static Optional<Map<String, Object>> readOrPutAside(Path file) throws IOException {
        try {
            return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
        } catch (ConfigException e) {
            DamagedFile.putAside(file, e.getMessage(), "a new one is begun");
            return Optional.empty();
        }
    }
}
