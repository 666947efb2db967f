package org.rnn4j.serialization;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * Appends records to a file, each as a JSON object on a line of its own: what a run measures, step by step.
 *
 * <pre>{@code
 * JsonLines.cut(file, 500);                               // a resumed run writes what comes after step 500 again
 * try (JsonLines metrics = JsonLines.append(file)) {
 *     metrics.write(Map.of("step", 501, "loss", 1.25));
 * }
 * }</pre>
 *
 * <p>Not for use by several threads at once.
 */
public final class JsonLines implements Closeable {
    private static final String STEP = "step";

    private final FileChannel channel;

    private JsonLines(FileChannel channel) {
        this.channel = channel;
    }

    /** Goes on at the end of a file, which need not exist; its directory must. */
    public static JsonLines append(Path file) throws IOException {
        return new JsonLines(
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
    }

    /**
     * Writes one line, which whoever reads the file sees at once.
     *
     * @param fields plain values, in the order in which they are to stand; a number that is not finite becomes a string
     */
    public void write(Map<String, ?> fields) throws IOException {
        AtomicFile.writeFully(channel, ByteBuffer.wrap((Json.compact(fields) + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /**
     * Removes the lines behind a step, as a whole or not at all: those from the first whose {@code step} is above it on, and a last line
     * without its end, which a process that was killed leaves behind. Nothing happens where there is no file.
     *
     * @throws ConfigException naming a whole line that is no JSON object or whose step is no whole number
     */
    public static void cut(Path file, long step) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        byte[] bytes = Files.readAllBytes(file);
        int kept = 0;
        int line = 1;
        for (int end = lineEnd(bytes, kept); end >= 0; end = lineEnd(bytes, kept)) {
            String text = new String(bytes, kept, end - kept, StandardCharsets.UTF_8);
            if (step(text, file, line) > step) {
                break;
            }
            kept = end + 1;
            line++;
        }
        if (kept < bytes.length) {
            ByteBuffer rest = ByteBuffer.wrap(bytes, 0, kept);
            AtomicFile.replace(file, out -> AtomicFile.writeFully(out, rest));
        }
    }

    /** Where the line that begins at a place ends; below 0 where it has no end. */
    private static int lineEnd(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** The step of a line; a line without one belongs to the lines before it. */
    private static long step(String text, Path file, int line) {
        Object step = Json.object(text, file.toString(), line).getOrDefault(STEP, Long.MIN_VALUE);
        if (step instanceof Long number) {
            return number;
        }
        throw new ConfigException(file.toString(), line, STEP, "expected a whole number, got " + step, null);
    }
}
