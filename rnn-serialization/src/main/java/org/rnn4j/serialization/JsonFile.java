package org.rnn4j.serialization;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

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
        return Json.object(Files.readString(file), file.toString(), 1);
    }
}
