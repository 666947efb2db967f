package org.rnn4j.serialization.safetensors;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.rnn4j.core.input.InputFile;
import org.rnn4j.serialization.Limits;
import org.rnn4j.serialization.file.Uninterrupted;

/**
 * Reads tensors from a safetensors file.
 *
 * <pre>{@code
 * try (SafetensorsReader file = SafetensorsReader.open(Path.of("model.safetensors"))) {
 *     float[] wx = file.floats("encoder.cell.wx");
 *     int[] dims = file.entry("encoder.cell.wx").dims();
 * }
 * }</pre>
 *
 * <p>{@link #open} reads and checks the whole header, so that a damaged file fails there and not later. The numbers are read on request, each time
 * into a new array. A file may thus be larger than memory, or than 2 GiB, as long as each requested tensor fits in a Java array, and reading costs
 * one copy of the tensor and a buffer of 256 KiB.
 *
 * <p>Several threads may read from one reader; a thread that is interrupted continues to read and stays interrupted. The file must not change
 * meanwhile.
 *
 * <p>Source: the safetensors format, {@code https://github.com/huggingface/safetensors}. As there, offsets, sizes and
 * names are not trusted: no hole, overlap, duplicate name, wrong size, missing or additional byte is accepted.
 */
public final class SafetensorsReader implements Closeable {
    /** A multiple of every element size, so that no element is cut in two. */
    private static final int CHUNK_BYTES = 1 << 18;

    /** Virtual machines refuse the last few lengths below 2^31. */
    private static final int MAX_ARRAY_LENGTH = Integer.MAX_VALUE - 8;

    private final Path file;
    private final InputFile input;
    private final InputFile.Identity identity;
    private final SafetensorsHeader header;

    /** The header as it is in the file, after its length. */
    private final byte[] utf8;

    private final long dataStart;

    private volatile FileChannel channel;
    private boolean closed;

    private SafetensorsReader(InputFile input, InputFile.Identity identity, FileChannel channel) throws IOException {
        this.file = input.path();
        this.input = input;
        this.identity = identity;
        this.channel = channel;
        long fileLength = channel.size();
        long headerLength = headerLength(fileLength);
        dataStart = SafetensorsHeader.LENGTH_BYTES + headerLength;
        if (dataStart > fileLength) {
            throw new SafetensorsException(
                    file,
                    "truncated: the header has " + headerLength + " bytes from byte 8 on, the file ends at byte "
                            + fileLength + ": " + (dataStart - fileLength) + " bytes missing");
        }
        // At most as long as the file: a header's length that lies cannot make this large.
        ByteBuffer json = ByteBuffer.allocate((int) headerLength);
        readFully(json, SafetensorsHeader.LENGTH_BYTES);
        header = SafetensorsHeader.parse(file, json.array(), fileLength - dataStart);
        utf8 = json.array();
    }

    /**
     * Opens a file and checks its header, its layout and its length.
     *
     * @throws SafetensorsException if the file is not a safetensors file, or is damaged
     * @throws NoSuchFileException if there is no such file
     * @throws IOException if it cannot be read, or is not a regular file: a pipe, a device, a directory
     */
    public static SafetensorsReader open(Path file) throws IOException {
        SafetensorsReader[] opened = new SafetensorsReader[1];
        Uninterrupted.run(() -> opened[0] = opened(file));
        return opened[0];
    }

    private static SafetensorsReader opened(Path file) throws IOException {
        InputFile input = new InputFile(file, "a safetensors file");
        InputFile.Identity identity = input.identity();
        FileChannel channel = input.open();
        try {
            return new SafetensorsReader(input, identity, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private long headerLength(long fileLength) throws IOException {
        if (fileLength < SafetensorsHeader.LENGTH_BYTES) {
            throw new SafetensorsException(
                    file,
                    "truncated: the file has " + fileLength + " bytes, the header's length alone has 8: "
                            + (SafetensorsHeader.LENGTH_BYTES - fileLength) + " bytes missing");
        }
        ByteBuffer length = ByteBuffer.allocate(SafetensorsHeader.LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        readFully(length, 0);
        long n = length.getLong(0);
        // The format's length is unsigned.
        if (Long.compareUnsigned(n, Limits.HEADER_BYTES) > 0) {
            throw new SafetensorsException(
                    file,
                    "the header's length at byte 0 is " + Long.toUnsignedString(n) + "; expected at most "
                            + Limits.HEADER_BYTES + ": is it a safetensors file?");
        }
        return n;
    }

    /**
     * Returns the file's free strings ({@code __metadata__}) by key, in file order; empty if it has none. Not
     * modifiable.
     */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /** Returns the tensors' descriptions by name, in the order of their data. Not modifiable. */
    public Map<String, SafetensorsEntry> entries() {
        return Collections.unmodifiableMap(header.entries());
    }

    /**
     * Returns the description of a tensor.
     *
     * @throws SafetensorsException if the file has no tensor of that name
     */
    public SafetensorsEntry entry(String name) throws SafetensorsException {
        SafetensorsEntry entry = header.entries().get(name);
        if (entry == null) {
            String some = header.entries().keySet().stream()
                    .limit(5)
                    .map(SafetensorsException::quoted)
                    .collect(Collectors.joining(", "));
            int count = header.entries().size();
            throw new SafetensorsException(
                    file,
                    "no tensor " + SafetensorsException.quoted(name) + "; the file has "
                            + (count == 0 ? "no tensor" : count + (count <= 5 ? ": " + some : ", first " + some)));
        }
        return entry;
    }

    /**
     * Returns the numbers of an F32, F16 or BF16 tensor, row-major. The narrower ones are widened, exactly.
     *
     * @throws SafetensorsException if there is no such tensor, or it is of another type (F64 would lose digits), or it
     *     is longer than a Java array
     */
    public float[] floats(String name) throws IOException {
        return floats(name, chunk -> {});
    }

    /** The same, with the digest checked on the very bytes that are returned. */
    public float[] floats(String name, Seal seal) throws IOException {
        MessageDigest digest = Seal.sha256();
        float[] numbers = floats(name, digest::update);
        seal.check(name, entry(name).bytes(), digest);
        return numbers;
    }

    /** The seal of this file, see {@link Seal#of}. */
    public Seal seal() throws SafetensorsException {
        byte[] whole = ByteBuffer.allocate(SafetensorsHeader.LENGTH_BYTES + utf8.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(utf8.length)
                .put(utf8)
                .array();
        return Seal.of(file, whole, header);
    }

    private float[] floats(String name, Consumer<ByteBuffer> witness) throws IOException {
        SafetensorsEntry entry = entry(name, "F32, F16 or BF16", EnumSet.of(Dtype.F32, Dtype.F16, Dtype.BF16));
        FloatBuffer out = FloatBuffer.wrap(new float[elements(entry)]);
        read(entry, chunk -> {
            witness.accept(chunk.duplicate());
            switch (entry.dtype()) {
                case F32 -> out.put(chunk.asFloatBuffer());
                case F16 -> {
                    while (chunk.hasRemaining()) {
                        out.put(fromHalf(chunk.getShort()));
                    }
                }
                default -> {
                    while (chunk.hasRemaining()) {
                        out.put(fromBfloat(chunk.getShort()));
                    }
                }
            }
        });
        return out.array();
    }

    /**
     * Returns the numbers of an F64, F32, F16 or BF16 tensor, row-major. The narrower ones are widened, exactly.
     *
     * @throws SafetensorsException if there is no such tensor, or it is of another type, or it is longer than a Java
     *     array
     */
    public double[] doubles(String name) throws IOException {
        SafetensorsEntry entry =
                entry(name, "F64, F32, F16 or BF16", EnumSet.of(Dtype.F64, Dtype.F32, Dtype.F16, Dtype.BF16));
        DoubleBuffer out = DoubleBuffer.wrap(new double[elements(entry)]);
        read(entry, chunk -> {
            while (chunk.hasRemaining()) {
                out.put(
                        switch (entry.dtype()) {
                            case F64 -> chunk.getDouble();
                            case F32 -> chunk.getFloat();
                            case F16 -> fromHalf(chunk.getShort());
                            default -> fromBfloat(chunk.getShort());
                        });
            }
        });
        return out.array();
    }

    /**
     * Returns the numbers of an integer or BOOL tensor, row-major. BOOL gives its bytes, 0 or 1. U64 gives its 64 bits,
     * which from 2^63 on are negative as a {@code long}: read them with {@link Long#toUnsignedString(long)} and its
     * relatives.
     *
     * @throws SafetensorsException if there is no such tensor, or it is of another type, or it is longer than a Java
     *     array
     */
    public long[] longs(String name) throws IOException {
        SafetensorsEntry entry = entry(
                name,
                "BOOL or an integer",
                EnumSet.of(
                        Dtype.BOOL,
                        Dtype.U8,
                        Dtype.I8,
                        Dtype.U16,
                        Dtype.I16,
                        Dtype.U32,
                        Dtype.I32,
                        Dtype.U64,
                        Dtype.I64));
        LongBuffer out = LongBuffer.wrap(new long[elements(entry)]);
        read(entry, chunk -> {
            while (chunk.hasRemaining()) {
                out.put(
                        switch (entry.dtype()) {
                            case BOOL, U8 -> Byte.toUnsignedLong(chunk.get());
                            case I8 -> chunk.get();
                            case U16 -> Short.toUnsignedLong(chunk.getShort());
                            case I16 -> chunk.getShort();
                            case U32 -> Integer.toUnsignedLong(chunk.getInt());
                            case I32 -> chunk.getInt();
                            default -> chunk.getLong();
                        });
            }
        });
        return out.array();
    }

    /**
     * Returns the data of a tensor of any type as it is in the file: little-endian, row-major.
     *
     * @throws SafetensorsException if there is no such tensor, or it is longer than a Java array
     */
    public byte[] bytes(String name) throws IOException {
        SafetensorsEntry entry = entry(name);
        ByteBuffer out = ByteBuffer.wrap(new byte[arrayLength(entry, entry.bytes())]);
        readFully(out, dataStart + entry.begin());
        return out.array();
    }

    /** Closes the file. What was read stays valid. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        channel.close();
    }

    private SafetensorsEntry entry(String name, String expected, Set<Dtype> dtypes) throws SafetensorsException {
        SafetensorsEntry entry = entry(name);
        if (!dtypes.contains(entry.dtype())) {
            throw new SafetensorsException(
                    file,
                    "tensor " + SafetensorsException.quoted(name) + " is " + entry.dtype() + " " + entry.shape()
                            + "; asked for as " + expected);
        }
        return entry;
    }

    private int elements(SafetensorsEntry entry) throws SafetensorsException {
        // No overflow: the header's check bounds the bits by 2^63.
        return arrayLength(entry, entry.bytes() * 8 / entry.dtype().bits());
    }

    private int arrayLength(SafetensorsEntry entry, long length) throws SafetensorsException {
        if (length > MAX_ARRAY_LENGTH) {
            throw new SafetensorsException(
                    file,
                    "tensor " + SafetensorsException.quoted(entry.name()) + " " + entry.shape() + " needs an array of "
                            + length + "; expected at most " + MAX_ARRAY_LENGTH + ", the longest in Java");
        }
        return (int) length;
    }

    /** Hands the data to the sink in little-endian chunks that hold whole elements. */
    private void read(SafetensorsEntry entry, Consumer<ByteBuffer> sink) throws IOException {
        ByteBuffer chunk =
                ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, entry.bytes())).order(ByteOrder.LITTLE_ENDIAN);
        for (long done = 0; done < entry.bytes(); done += chunk.limit()) {
            chunk.clear().limit((int) Math.min(chunk.capacity(), entry.bytes() - done));
            readFully(chunk, dataStart + entry.begin() + done);
            sink.accept(chunk.flip());
        }
    }

    /**
     * Fills the buffer up to its limit from a place in the file. A thread that is interrupted reads on and stays interrupted: the system closes
     * its channel, which others read from too.
     */
    private void readFully(ByteBuffer buffer, long position) throws IOException {
        int begin = buffer.position();
        boolean interrupted = Thread.interrupted();
        try {
            while (buffer.hasRemaining()) {
                long at = position + buffer.position() - begin;
                FileChannel open = channel;
                try {
                    if (open.read(buffer, at) < 0) {
                        throw new SafetensorsException(
                                file,
                                "the file ends at byte " + at + ", " + buffer.remaining()
                                        + " bytes earlier than when it was opened; expected it not to change");
                    }
                } catch (ClosedChannelException e) {
                    interrupted |= Thread.interrupted();
                    reopen(open, e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Opens the file again that an interrupt closed. */
    private synchronized void reopen(FileChannel broken, ClosedChannelException why) throws IOException {
        if (closed) {
            throw why;
        }
        if (channel != broken) {
            return;
        }
        FileChannel again = input.open();
        if (!input.identity().equals(identity)) {
            again.close();
            throw new SafetensorsException(
                    file,
                    "an interrupted thread closed the file, and another one has taken its place; expected it not to"
                            + " change");
        }
        channel = again;
    }

    /** Widens an IEEE binary16: sign 1, exponent 5 (bias 15), fraction 10. */
    static float fromHalf(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = (half >>> 10) & 0x1f;
        int fraction = half & 0x3ff;
        int magnitude;
        if (exponent == 0) {
            // Subnormal, in units of 2^-24: normal as a float, and exact.
            magnitude = Float.floatToRawIntBits(fraction * 0x1p-24f);
        } else if (exponent == 0x1f) {
            magnitude = 0x7f800000 | (fraction << 13);
        } else {
            magnitude = ((exponent - 15 + 127) << 23) | (fraction << 13);
        }
        return Float.intBitsToFloat(sign | magnitude);
    }

    /** Widens a bfloat16, which is the upper half of a float. */
    static float fromBfloat(short bfloat) {
        return Float.intBitsToFloat(bfloat << 16);
    }
}
