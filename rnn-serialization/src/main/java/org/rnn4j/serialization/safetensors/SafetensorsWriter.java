package org.rnn4j.serialization.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rnn4j.core.input.Printable;
import org.rnn4j.serialization.Limits;
import org.rnn4j.serialization.file.AtomicFile;

/**
 * Writes tensors to a safetensors file.
 *
 * <pre>{@code
 * new SafetensorsWriter()
 *         .metadata("format", "1")
 *         .add("encoder.cell.wx", wx, inputs, gates)
 *         .add("step", new long[] {1000})
 *         .write(Path.of("model.safetensors"));
 * }</pre>
 *
 * <p>Equal tensors and strings give equal files, byte for byte, in whatever order they were added: tensors are sorted
 * by descending element size, then name, and metadata by key. The order keeps every element aligned, because the header
 * is padded with spaces to a multiple of 8. The file is replaced as a whole, see {@link AtomicFile}.
 *
 * <p>Arrays are not copied: do not change them until {@link #write} has returned. Writing needs an additional buffer of 256 KiB. A violation of the
 * format (a duplicate name, a shape whose size differs from the array) is refused at once, by an {@link IllegalArgumentException} that names the
 * tensor. Not thread-safe.
 *
 * <p>Source: the safetensors format, {@code https://github.com/huggingface/safetensors}.
 */
public final class SafetensorsWriter {
    private static final int CHUNK_BYTES = 1 << 18;

    private final Map<String, String> metadata = new TreeMap<>(SafetensorsHeader.UTF8_ORDER);
    private final Map<String, Tensor> tensors = new HashMap<>();

    /** Starts a file with no tensor and no metadata. */
    public SafetensorsWriter() {}

    /** A tensor to be written: {@code length} units of {@code unitBytes} that the encoder can put into a buffer. */
    private record Tensor(String name, Dtype dtype, List<Long> shape, int length, int unitBytes, Encoder encoder) {
        long bytes() {
            return (long) length * unitBytes;
        }
    }

    /** Puts the units from {@code from} to {@code from + count} at the start of the buffer. */
    @FunctionalInterface
    private interface Encoder {
        void encode(ByteBuffer buffer, int from, int count);
    }

    /**
     * Adds a string to the file's {@code __metadata__}.
     *
     * @return this
     * @throws IllegalArgumentException if the key was added before, or either is not Unicode text
     */
    public SafetensorsWriter metadata(String key, String value) {
        requireName("metadata key", key);
        requireRoom("metadata strings", metadata.size(), Limits.METADATA_STRINGS);
        requireUnicode("the metadata of " + SafetensorsException.quoted(key), value);
        if (metadata.putIfAbsent(key, value) != null) {
            throw new IllegalArgumentException(
                    "metadata " + SafetensorsException.quoted(key) + " is added twice; expected unique keys");
        }
        return this;
    }

    /**
     * Adds an F32 tensor.
     *
     * @param values row-major, not modified
     * @param shape the dimensions, outermost first; none for a scalar
     * @return this
     * @throws IllegalArgumentException if the shape has another size than the array, or the name cannot be used
     */
    public SafetensorsWriter add(String name, float[] values, int... shape) {
        return add(
                name,
                Dtype.F32,
                shape,
                values.length,
                (out, from, n) -> out.asFloatBuffer().put(values, from, n));
    }

    /** Adds an F64 tensor; otherwise like {@link #add(String, float[], int...)}. */
    public SafetensorsWriter add(String name, double[] values, int... shape) {
        return add(
                name,
                Dtype.F64,
                shape,
                values.length,
                (out, from, n) -> out.asDoubleBuffer().put(values, from, n));
    }

    /** Adds an I64 tensor; otherwise like {@link #add(String, float[], int...)}. */
    public SafetensorsWriter add(String name, long[] values, int... shape) {
        return add(
                name,
                Dtype.I64,
                shape,
                values.length,
                (out, from, n) -> out.asLongBuffer().put(values, from, n));
    }

    /** Adds an I32 tensor; otherwise like {@link #add(String, float[], int...)}. */
    public SafetensorsWriter add(String name, int[] values, int... shape) {
        return add(
                name,
                Dtype.I32,
                shape,
                values.length,
                (out, from, n) -> out.asIntBuffer().put(values, from, n));
    }

    /**
     * Adds a tensor of any type by its bytes in the file.
     *
     * @param data the elements, row-major and little-endian, not modified
     * @param shape the dimensions, outermost first; none for a scalar
     * @return this
     * @throws IllegalArgumentException if the shape has another size than the data, or the name cannot be used
     */
    public SafetensorsWriter add(String name, Dtype dtype, byte[] data, int... shape) {
        long elements = elements(name, shape);
        if (elements > Long.MAX_VALUE / dtype.bits() || elements * dtype.bits() != data.length * 8L) {
            throw new IllegalArgumentException(
                    "tensor " + SafetensorsException.quoted(name) + ": " + elements + " elements of " + dtype + " have "
                            + dtype.bits() + " bits each; the array has " + data.length + " bytes");
        }
        return add(new Tensor(name, dtype, longs(shape), data.length, 1, (out, from, n) -> out.put(data, from, n)));
    }

    /**
     * Writes everything that was added to a file, replacing an existing file.
     *
     * @throws IOException if that fails; then no partial file is left, and a file of that name is as it was
     * @throws IllegalArgumentException if names and metadata exceed the format's 100,000,000 bytes
     */
    public void write(Path target) throws IOException {
        List<Tensor> sorted = sorted();
        byte[] header = SafetensorsHeader.encode(metadata, entries(sorted));
        AtomicFile.replace(target, channel -> {
            AtomicFile.writeFully(channel, ByteBuffer.wrap(header));
            for (Tensor tensor : sorted) {
                encode(tensor, chunk -> AtomicFile.writeFully(channel, chunk));
            }
        });
    }

    /** Writes it with a {@link Seal}. The digests are of the bytes that are written, so the header, which has the same length with any, comes last. */
    public void writeSealed(Path target) throws IOException {
        List<Tensor> sorted = sorted();
        int headerLength = header(sorted, Seal.open(Collections.nCopies(sorted.size(), Seal.OPEN))).length;
        AtomicFile.replace(target, channel -> {
            channel.position(headerLength);
            List<String> digests = new ArrayList<>(sorted.size());
            for (Tensor tensor : sorted) {
                MessageDigest digest = Seal.sha256();
                encode(tensor, chunk -> {
                    digest.update(chunk.duplicate());
                    AtomicFile.writeFully(channel, chunk);
                });
                digests.add(Seal.digits(digest.digest()));
            }
            String seal = Seal.open(digests);
            byte[] header = header(sorted, seal);
            Seal.close(header, seal);
            channel.position(0);
            AtomicFile.writeFully(channel, ByteBuffer.wrap(header));
        });
    }

    private byte[] header(List<Tensor> sorted, String seal) throws IOException {
        Map<String, String> sealed = new TreeMap<>(SafetensorsHeader.UTF8_ORDER);
        sealed.putAll(metadata);
        sealed.put(Seal.KEY, seal);
        return SafetensorsHeader.encode(sealed, entries(sorted));
    }

    /** Takes the bytes of a tensor, piece by piece. */
    @FunctionalInterface
    private interface Sink {
        void take(ByteBuffer chunk) throws IOException;
    }

    private static void encode(Tensor tensor, Sink sink) throws IOException {
        int most = CHUNK_BYTES / tensor.unitBytes();
        ByteBuffer chunk =
                ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, tensor.bytes())).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0, count; from < tensor.length(); from += count) {
            count = Math.min(most, tensor.length() - from);
            chunk.clear();
            tensor.encoder().encode(chunk, from, count);
            chunk.position(0).limit(count * tensor.unitBytes());
            sink.take(chunk);
        }
    }

    private List<Tensor> sorted() {
        List<Tensor> sorted = new ArrayList<>(tensors.values());
        sorted.sort(Comparator.comparingInt((Tensor t) -> -t.dtype().bits())
                .thenComparing(Tensor::name, SafetensorsHeader.UTF8_ORDER));
        return sorted;
    }

    private static List<SafetensorsEntry> entries(List<Tensor> sorted) {
        List<SafetensorsEntry> entries = new ArrayList<>(sorted.size());
        long end = 0;
        for (Tensor t : sorted) {
            entries.add(new SafetensorsEntry(t.name(), t.dtype(), t.shape(), end, end + t.bytes()));
            end += t.bytes();
        }
        return entries;
    }

    private SafetensorsWriter add(String name, Dtype dtype, int[] shape, int length, Encoder encoder) {
        long elements = elements(name, shape);
        if (elements != length) {
            throw new IllegalArgumentException("tensor " + SafetensorsException.quoted(name) + ": shape "
                    + Arrays.toString(shape) + " has " + elements + " elements; the array has " + length);
        }
        return add(new Tensor(name, dtype, longs(shape), length, dtype.bits() / 8, encoder));
    }

    private SafetensorsWriter add(Tensor tensor) {
        String name = tensor.name();
        requireName("tensor name", name);
        if (tensor.shape().size() > Limits.DIMENSIONS) {
            throw new IllegalArgumentException("tensor " + SafetensorsException.quoted(name) + " has "
                    + tensor.shape().size() + " dimensions; expected at most " + Limits.DIMENSIONS);
        }
        requireRoom("tensors", tensors.size(), Limits.TENSORS);
        if (name.equals(SafetensorsHeader.METADATA)) {
            throw new IllegalArgumentException("a tensor cannot have the name '" + name + "': it is the metadata's");
        }
        if (tensors.putIfAbsent(name, tensor) != null) {
            throw new IllegalArgumentException(
                    "tensor " + SafetensorsException.quoted(name) + " is added twice; expected unique names");
        }
        return this;
    }

    private static long elements(String name, int[] shape) {
        long elements = 1;
        for (int dim : shape) {
            // Past 2^31 it fits no array, and the product of this and one more int is still exact.
            if (dim < 0 || elements > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("tensor " + SafetensorsException.quoted(name) + ": shape "
                        + Arrays.toString(shape) + "; expected sizes of 0 or more whose product fits an array");
            }
            elements *= dim;
        }
        return elements;
    }

    private static List<Long> longs(int[] shape) {
        return Arrays.stream(shape).asLongStream().boxed().toList();
    }

    private static void requireRoom(String what, int count, int most) {
        if (count == most) {
            throw new IllegalArgumentException("a file has at most " + most + " " + what + "; this would be one more");
        }
    }

    private static void requireName(String what, String name) {
        requireUnicode(what, name);
        if (name.length() > Limits.NAME_CHARS) {
            throw new IllegalArgumentException(what + " " + SafetensorsException.quoted(name)
                    + " is too long; expected at most " + Limits.NAME_CHARS);
        }
    }

    private static void requireUnicode(String what, String text) {
        if (!Printable.isUnicode(text)) {
            throw new IllegalArgumentException(what + " " + SafetensorsException.quoted(text)
                    + " has half a surrogate pair; expected Unicode text");
        }
    }
}
