package org.rnn4j.serialization.configuration;

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
import java.util.OptionalLong;
import org.rnn4j.core.input.InputFile;
import org.rnn4j.serialization.Limits;
import org.rnn4j.serialization.file.AtomicFile;
import org.rnn4j.serialization.file.DamagedFile;
import org.rnn4j.serialization.file.Uninterrupted;

/**
 * Appends records to a file, one JSON object per line: the measurements of a run, step by step.
 *
 * <pre>{@code
 * JsonLines.cut(file, 500);                               // a resumed run writes what comes after step 500 again
 * try (JsonLines metrics = JsonLines.append(file)) {
 *     metrics.write(Map.of("step", 501, "loss", 1.25));
 *     metrics.force();
 * }
 * }</pre>
 *
 * <p>Not thread-safe, and only for one writer at a time.
 */
public final class JsonLines implements Closeable {
    private static final System.Logger LOG = System.getLogger(JsonLines.class.getName());
    private static final String STEP = "step";
    /** The maximum number of unreadable lines. Each costs a hundred times as much as a readable one, so nothing after them is examined. */
    private static final int MOST_UNREADABLE = 30;

    private final Path file;
    private FileChannel channel;
    /** The position after the last line. */
    private long end;
    /** Whether the log says that the file has no name any more. */
    private boolean removed;

    private JsonLines(Path file) {
        this.file = file;
    }

    /** Continues at the end of a file, which need not exist; its directory must. */
    public static JsonLines append(Path file) throws IOException {
        JsonLines lines = new JsonLines(file);
        boolean isNew = !Files.exists(file);
        if (!isNew) {
            input(file).identity();
        }
        Uninterrupted.run(() -> {
            lines.channel = open(file);
            lines.end = lines.channel.size();
        });
        if (isNew) {
            AtomicFile.forceDirectory(file.toAbsolutePath().getParent());
        }
        return lines;
    }

    private static InputFile input(Path file) {
        return new InputFile(file, "lines of JSON");
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
     * Writes one complete line, which readers of the file see at once, even if the thread is interrupted.
     *
     * @param fields plain values, in the order in which they are written; a number that is not finite becomes a string
     * @throws IllegalArgumentException if the line has more than {@link Limits#LINE_BYTES}; nothing has been written then
     */
    public void write(Map<String, ?> fields) throws IOException {
        byte[] line = (Json.compact(fields) + "\n").getBytes(StandardCharsets.UTF_8);
        if (line.length > Limits.LINE_BYTES) {
            throw new IllegalArgumentException(
                    file + ": a line of " + line.length + " bytes, expected at most " + Limits.LINE_BYTES);
        }
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

    /** Removes the part of a line that could not be written completely; if that fails too, {@link #cut} will do it. */
    private void removeTorn(IOException failure) {
        try {
            Uninterrupted.run(() -> channel().truncate(end));
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * Forces all lines to disk: they are then as safe as anything that is forced after them. If the file was truncated or removed meanwhile, the log
     * says that lines are lost. After a truncation the next lines are appended to the new end; a file that was removed is not created again, because
     * its folder may belong to another run.
     */
    public void force() throws IOException {
        Uninterrupted.run(() -> {
            FileChannel forced = channel();
            long size = forced.size();
            if (size < end) {
                warn("was cut");
                end = size;
            } else if (!removed && !Files.exists(file)) {
                warn("was removed");
                removed = true;
            }
            forced.force(true);
        });
    }

    private void warn(String what) {
        LOG.log(System.Logger.Level.WARNING, file + " " + what + " while it was written to: lines are lost");
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }

    /**
     * Atomically removes the lines after a step: all lines from the first whose {@code step} is greater, and an incomplete last line, which a killed
     * process can leave. Does nothing if there is no file.
     *
     * <p>A line before these that is not a JSON object, or whose step is not a whole number, is damage, for example after a power loss; so is a line
     * up to the step that follows a line with a greater step. In that case the whole file is kept as {@code NAME.damaged-1}, the log says so, and all
     * lines up to the step stay, wherever they are; after more than 30 unreadable lines, nothing is kept. A pipe, a device or a socket is renamed.
     *
     * <p>Cost: one pass over the file, in the memory of one line; another pass if something must be removed.
     */
    public static void cut(Path file, long step) throws IOException {
        if (Files.exists(file)) {
            Uninterrupted.run(() -> cutExisting(file, step));
        }
    }

    private static void cutExisting(Path file, long step) throws IOException {
        if (input(file).isOther()) {
            DamagedFile.putAside(file, file + ": is a pipe, a device or a socket", "a new one is begun");
            AtomicFile.replace(file, out -> {});
            return;
        }
        long kept = 0;
        int damaged = 0;
        String first = "";
        String rest = "";
        try (Lines lines = new Lines(file, step)) {
            while (lines.next()) {
                kept += lines.stays ? lines.length : 0;
                if (lines.problem != null && damaged++ == 0) {
                    first = lines.problem;
                }
            }
            if (lines.hasGivenUp()) {
                rest = file + ":" + lines.number + ": up to here, " + lines.unreadable
                        + " lines cannot be read; what is behind was not looked at";
            }
        }
        if (damaged > 0 || !rest.isEmpty()) {
            String more = damaged <= 1 ? "" : ", and " + (damaged - 1) + " more lines";
            Path aside = DamagedFile.putAside(
                    file,
                    first + more + (first.isEmpty() || rest.isEmpty() ? "" : "; ") + rest,
                    "the other lines up to step " + step + " stay in " + file.getFileName());
            keepLines(aside, file, step);
        } else if (kept < Files.size(file)) {
            keepLines(file, file, step);
        }
    }

    private static void keepLines(Path from, Path to, long step) throws IOException {
        AtomicFile.replace(to, out -> {
            try (Lines lines = new Lines(from, step)) {
                while (lines.next()) {
                    if (lines.stays) {
                        AtomicFile.writeFully(out, ByteBuffer.wrap(lines.bytes, 0, lines.length));
                    }
                }
            }
        });
    }

    /** A file's lines, one at a time: which are up to a step, and what is damaged. */
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
        /** Whether the line is up to the step. */
        private boolean stays;
        /** What is wrong with the line, or with its place; null for nothing. */
        private String problem;
        /** How many lines so far could not be read, whatever their place. */
        private int unreadable;
        /** The last line so far whose step is greater, if no line up to the step has followed; 0 for none. */
        private int behind;

        Lines(Path file, long lastStep) throws IOException {
            this.file = file;
            this.lastStep = lastStep;
            this.in = input(file).stream();
        }

        /** Whether too many lines cannot be read: there is no next line then. */
        boolean hasGivenUp() {
            return unreadable > MOST_UNREADABLE;
        }

        /** Goes to the next line; false where there is none that has an end. */
        boolean next() throws IOException {
            if (hasGivenUp() || !read()) {
                return false;
            }
            number++;
            problem = null;
            try {
                place(step());
            } catch (ConfigException e) {
                stays = false;
                unreadable++;
                // Lines that will be removed may contain anything.
                problem = behind > 0 ? null : e.getMessage();
            }
            return true;
        }

        /** Determines whether a line of this step stays, and whether it is in order; a line without a step belongs to the lines before it. */
        private void place(OptionalLong step) {
            if (step.isPresent() && step.getAsLong() > lastStep) {
                behind = number;
            } else if (step.isPresent() && behind > 0) {
                problem = file + ":" + number + ": step " + step.getAsLong() + " stands behind line " + behind
                        + ", which has a step above " + lastStep;
                behind = 0;
            }
            stays = behind == 0;
        }

        private OptionalLong step() {
            if (length > Limits.LINE_BYTES) {
                throw wrong("", "a line of more than " + Limits.LINE_BYTES + " bytes");
            }
            String text = new String(bytes, 0, length - 1, StandardCharsets.UTF_8);
            if (text.isBlank()) {
                throw wrong("", "the line is empty; expected a JSON object");
            }
            Map<String, Object> object = Json.object(text, file.toString(), number);
            if (!object.containsKey(STEP)) {
                return OptionalLong.empty();
            }
            if (object.get(STEP) instanceof Long whole) {
                return OptionalLong.of(whole);
            }
            throw wrong(STEP, "expected a whole number, got " + object.get(STEP));
        }

        private ConfigException wrong(String place, String problem) {
            return new ConfigException(file.toString(), number, place, problem, null);
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
            if (length > Limits.LINE_BYTES) {
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
