package org.rnn4j.serialization;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;

/**
 * Appends records to a file, each as a JSON object on a line of its own: what a run measures, step by step.
 *
 * <pre>{@code
 * JsonLines.cut(file, 500);                               // a resumed run writes what comes after step 500 again
 * try (JsonLines metrics = JsonLines.append(file)) {
 *     metrics.write(Map.of("step", 501, "loss", 1.25));
 *     metrics.force();
 * }
 * }</pre>
 *
 * <p>Not for use by several threads at once, nor by two writers.
 */
public final class JsonLines implements Closeable {
    private static final String STEP = "step";
    /** In bytes; what is longer is no line of anybody's. */
    private static final int LONGEST_LINE = 1 << 20;

    private final Path file;
    private FileChannel channel;
    /** Behind the last line. */
    private long end;

    private JsonLines(Path file) {
        this.file = file;
    }

    /** Goes on at the end of a file, which need not exist; its directory must. */
    public static JsonLines append(Path file) throws IOException {
        JsonLines lines = new JsonLines(file);
        boolean isNew = !Files.exists(file);
        Uninterrupted.run(() -> {
            lines.channel = open(file);
            lines.end = lines.channel.size();
        });
        if (isNew) {
            AtomicFile.forceDirectory(file.toAbsolutePath().getParent());
        }
        return lines;
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** The channel, or another one in place of one that an interrupt has closed. */
    private FileChannel channel() throws IOException {
        if (channel == null) {
            throw new ClosedChannelException();
        }
        if (!channel.isOpen()) {
            channel = open(file);
        }
        return channel;
    }

    /**
     * Writes one line, which whoever reads the file sees at once; as a whole, also where the thread is interrupted.
     *
     * @param fields plain values, in the order in which they are to stand; a number that is not finite becomes a string
     */
    public void write(Map<String, ?> fields) throws IOException {
        byte[] line = (Json.compact(fields) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            Uninterrupted.run(() -> writeAt(end, ByteBuffer.wrap(line)));
        } catch (IOException e) {
            removeTorn(e);
            throw e;
        }
        end += line.length;
    }

    private void writeAt(long position, ByteBuffer line) throws IOException {
        while (line.hasRemaining()) {
            channel().write(line, position + line.position());
        }
    }

    /** Removes what there is of a line that could not be written; if that fails too, {@link #cut} will. */
    private void removeTorn(IOException failure) {
        try {
            Uninterrupted.run(() -> channel().truncate(end));
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Forces all lines to disk: they are then as safe as what is forced after them. */
    public void force() throws IOException {
        Uninterrupted.run(() -> channel().force(true));
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }

    /**
     * Removes the lines behind a step, as a whole or not at all: those from the first whose {@code step} is above it on, and a last line
     * without its end, which a process that was killed leaves behind. Nothing happens where there is no file.
     *
     * <p>A line before these that is no JSON object, or whose step is no whole number, is damage, such as a power loss can leave. Then the whole
     * file is kept as {@code NAME.damaged-1}, the log says so, and the other lines stay.
     *
     * <p>Cost: one pass over the file, in the memory of one line; one more where something is to be removed.
     */
    public static void cut(Path file, long step) throws IOException {
        if (Files.exists(file)) {
            Uninterrupted.run(() -> cutExisting(file, step));
        }
    }

    private static void cutExisting(Path file, long step) throws IOException {
        long kept = 0;
        long damaged = 0;
        String first = "";
        try (Lines lines = new Lines(file, step)) {
            while (lines.next()) {
                if (lines.problem == null) {
                    kept += lines.length;
                } else if (damaged++ == 0) {
                    first = lines.problem;
                }
            }
        }
        if (damaged > 0) {
            String more = damaged == 1 ? "" : ", and " + (damaged - 1) + " more lines";
            Path aside = DamagedFile.putAside(
                    file, first + more, "the other lines up to step " + step + " stay in " + file.getFileName());
            keepLines(aside, file, step);
        } else if (kept < Files.size(file)) {
            keepLines(file, file, step);
        }
    }

    private static void keepLines(Path from, Path to, long step) throws IOException {
        AtomicFile.replace(to, out -> {
            try (Lines lines = new Lines(from, step)) {
                while (lines.next()) {
                    if (lines.problem == null) {
                        AtomicFile.writeFully(out, ByteBuffer.wrap(lines.bytes, 0, lines.length));
                    }
                }
            }
        });
    }

    /** A file's lines up to a step, one at a time. */
    private static final class Lines implements Closeable {
        private final Path file;
        private final long lastStep;
        private final InputStream in;
        private final byte[] buffer = new byte[1 << 16];
        private int filled;
        private int next;
        private int number;

        /** The line, with its end. */
        private byte[] bytes = new byte[1 << 10];

        private int length;
        /** What is wrong with the line; null for nothing. */
        private String problem;

        Lines(Path file, long lastStep) throws IOException {
            this.file = file;
            this.lastStep = lastStep;
            this.in = Files.newInputStream(file);
        }

        /** Goes to the next line; false where there is none that has an end and no greater step. */
        boolean next() throws IOException {
            if (!read()) {
                return false;
            }
            number++;
            problem = null;
            if (length > LONGEST_LINE) {
                problem = file + ":" + number + ": a line of more than " + LONGEST_LINE + " bytes";
                return true;
            }
            try {
                return step() <= lastStep;
            } catch (ConfigException e) {
                problem = e.getMessage();
                return true;
            }
        }

        /** The step of the line; a line without one belongs to the lines before it. */
        private long step() {
            String text = new String(bytes, 0, length - 1, StandardCharsets.UTF_8);
            Object step = Json.object(text, file.toString(), number).getOrDefault(STEP, Long.MIN_VALUE);
            if (step instanceof Long whole) {
                return whole;
            }
            throw new ConfigException(file.toString(), number, STEP, "expected a whole number, got " + step, null);
        }

        /** Reads up to the end of a line, and keeps no more of it than one byte above what a line may have. */
        private boolean read() throws IOException {
            length = 0;
            while (fill()) {
                while (next < filled) {
                    byte read = buffer[next];
                    next++;
                    keep(read);
                    if (read == '\n') {
                        return true;
                    }
                }
            }
            return false;
        }

        private boolean fill() throws IOException {
            if (next == filled) {
                next = 0;
                filled = Math.max(0, in.read(buffer));
            }
            return filled > 0;
        }

        private void keep(byte read) {
            if (length > LONGEST_LINE) {
                return;
            }
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * length);
            }
            bytes[length] = read;
            length++;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
