package org.rnn4j.serialization.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.rnn4j.core.input.Printable;

/** What is written is read again, and both sides agree with a file that neither of them made. */
class SafetensorsRoundTripTest {
    private static Path directory;

    @BeforeContainer
    static void makeDirectory() throws IOException {
        directory = Files.createTempDirectory("safetensors");
    }

    @AfterContainer
    static void removeDirectory() throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    private static byte[] golden() throws IOException {
        try (InputStream in = SafetensorsRoundTripTest.class.getResourceAsStream("/golden/small.safetensors")) {
            return in.readAllBytes();
        }
    }

    @Example
    void writesTheGoldenFile() throws IOException {
        Path file = directory.resolve("golden.safetensors");
        byte[] bfloat = {(byte) 0xc0, 0x3f, (byte) 0x80, (byte) 0xff};
        byte[] half = {0x55, 0x35, (byte) 0xff, (byte) 0xfb};
        new SafetensorsWriter()
                .add("flag", Dtype.BOOL, new byte[] {0, 1}, 2)
                .add("half", Dtype.F16, half, 2)
                .add("bfloat", Dtype.BF16, bfloat, 2)
                .add("衝🐎", new int[0], 0, 4)
                .add("ids", new int[] {-1, Integer.MAX_VALUE}, 1, 2)
                .metadata("quote\"", "line\nend 🐎")
                .add("encoder.cell.wx", new float[] {1, 2, 3, 4.5f, -5.25f, Float.MIN_VALUE}, 2, 3)
                .add("encoder.cell.b", new float[] {0f, -0f, Float.POSITIVE_INFINITY}, 3)
                .add("double", new double[] {0.1, -1e300}, 2)
                .metadata("format", "1")
                .add("count", new long[] {-2})
                .write(file);
        assertArrayEquals(golden(), Files.readAllBytes(file));
    }

    @Example
    void readsTheGoldenFile() throws IOException {
        Path path = Files.write(directory.resolve("golden-in.safetensors"), golden());
        try (SafetensorsReader file = SafetensorsReader.open(path)) {
            assertEquals(Map.of("format", "1", "quote\"", "line\nend 🐎"), file.metadata());
            assertEquals(
                    List.of(
                            "count",
                            "double",
                            "encoder.cell.b",
                            "encoder.cell.wx",
                            "ids",
                            "衝🐎",
                            "bfloat",
                            "half",
                            "flag"),
                    List.copyOf(file.entries().keySet()));
            assertEquals(new SafetensorsEntry("ids", Dtype.I32, List.of(1L, 2L), 60, 68), file.entry("ids"));
            assertArrayEquals(new int[] {2, 3}, file.entry("encoder.cell.wx").dims());
            assertArrayEquals(new long[] {-2}, file.longs("count"));
            assertArrayEquals(new double[] {0.1, -1e300}, file.doubles("double"));
            assertArrayEquals(new float[] {0f, -0f, Float.POSITIVE_INFINITY}, file.floats("encoder.cell.b"));
            assertArrayEquals(new float[] {1, 2, 3, 4.5f, -5.25f, Float.MIN_VALUE}, file.floats("encoder.cell.wx"));
            assertArrayEquals(new long[] {-1, Integer.MAX_VALUE}, file.longs("ids"));
            assertArrayEquals(new long[0], file.longs("衝🐎"));
            assertArrayEquals(new float[] {1.5f, Float.NEGATIVE_INFINITY}, file.floats("bfloat"));
            assertArrayEquals(new float[] {1365 / 4096f, -65504f}, file.floats("half"));
            assertArrayEquals(new double[] {1365 / 4096.0, -65504}, file.doubles("half"));
            assertArrayEquals(new double[] {1, 2, 3, 4.5, -5.25, 0x1p-149}, file.doubles("encoder.cell.wx"));
            assertArrayEquals(new long[] {0, 1}, file.longs("flag"));
            assertThrows(
                    UnsupportedOperationException.class, () -> file.entries().clear());
            assertThrows(
                    UnsupportedOperationException.class, () -> file.metadata().clear());
        }
    }

    record Raw(String name, Dtype dtype, int[] shape, byte[] data) {
        @Override
        public String toString() {
            return name + " " + dtype + " " + Arrays.toString(shape);
        }
    }

    @Provide
    Arbitrary<List<Raw>> tensors() {
        Arbitrary<int[]> shapes =
                Arbitraries.integers().between(0, 5).array(int[].class).ofMaxSize(4);
        Arbitrary<String> names = Arbitraries.strings().ofMaxLength(12).filter(Printable::isUnicode);
        Arbitrary<Raw> tensor = Combinators.combine(names, Arbitraries.of(Dtype.class), shapes, Arbitraries.longs())
                .as((name, dtype, shape, seed) -> {
                    int bits = dtype.bits();
                    for (int dim : shape) {
                        bits *= dim;
                    }
                    // Types narrower than a byte must fill whole bytes.
                    int[] whole = bits % 8 == 0 ? shape : new int[] {8};
                    byte[] data = new byte[bits % 8 == 0 ? bits / 8 : dtype.bits()];
                    new Random(seed).nextBytes(data);
                    return new Raw(name, dtype, whole, data);
                });
        return tensor.list().ofMaxSize(8).uniqueElements(Raw::name);
    }

    @Provide
    Arbitrary<Map<String, String>> strings() {
        Arbitrary<String> text = Arbitraries.strings().ofMaxLength(12).filter(Printable::isUnicode);
        return Arbitraries.maps(text, text).ofMaxSize(4);
    }

    @Property(tries = 100)
    void anyTensorsComeBackAndTheOrderOfAddingIsNotSeen(
            @ForAll("tensors") List<Raw> tensors, @ForAll("strings") Map<String, String> metadata) throws IOException {
        Path path = directory.resolve("any.safetensors");
        write(path, tensors, metadata);
        try (SafetensorsReader file = SafetensorsReader.open(path)) {
            assertEquals(metadata, file.metadata());
            assertEquals(tensors.size(), file.entries().size());
            for (Raw t : tensors) {
                SafetensorsEntry entry = file.entry(t.name());
                assertEquals(t.dtype(), entry.dtype());
                assertArrayEquals(t.shape(), entry.dims());
                assertArrayEquals(t.data(), file.bytes(t.name()), t.name());
            }
            List<SafetensorsEntry> entries = List.copyOf(file.entries().values());
            for (int i = 1; i < entries.size(); i++) {
                int bits = entries.get(i - 1).dtype().bits();
                int nextBits = entries.get(i).dtype().bits();
                int names = SafetensorsHeader.UTF8_ORDER.compare(
                        entries.get(i - 1).name(), entries.get(i).name());
                assertTrue(bits > nextBits || (bits == nextBits && names < 0), entries.toString());
            }
        }
        byte[] first = Files.readAllBytes(path);
        assertEquals(0, ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN).getLong() % 8);
        List<Raw> backwards = new ArrayList<>(tensors);
        Collections.reverse(backwards);
        write(path, backwards, new HashMap<>(metadata));
        assertArrayEquals(first, Files.readAllBytes(path));
    }

    private static void write(Path path, List<Raw> tensors, Map<String, String> metadata) throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter();
        metadata.forEach(writer::metadata);
        for (Raw t : tensors) {
            writer.add(t.name(), t.dtype(), t.data(), t.shape());
        }
        writer.write(path);
    }

    /** Long enough for several chunks, and of a length that no chunk divides. */
    @Property(tries = 5)
    void longTensorsKeepEveryBit(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        int[] bits = random.ints(200_003).toArray();
        float[] floats = new float[bits.length];
        double[] doubles = new double[bits.length];
        long[] longs = new long[bits.length];
        for (int i = 0; i < bits.length; i++) {
            floats[i] = Float.intBitsToFloat(bits[i]);
            longs[i] = random.nextLong();
            doubles[i] = Double.longBitsToDouble(longs[i]);
        }
        Path path = directory.resolve("long.safetensors");
        new SafetensorsWriter()
                .add("f", floats, bits.length)
                .add("d", doubles, bits.length)
                .add("l", longs, bits.length)
                .add("i", bits, bits.length)
                .write(path);
        try (SafetensorsReader file = SafetensorsReader.open(path)) {
            float[] f = file.floats("f");
            double[] widened = file.doubles("f");
            double[] d = file.doubles("d");
            long[] i32 = file.longs("i");
            assertArrayEquals(longs, file.longs("l"));
            for (int i = 0; i < bits.length; i++) {
                assertEquals(bits[i], Float.floatToRawIntBits(f[i]));
                assertEquals(longs[i], Double.doubleToRawLongBits(d[i]));
                assertEquals((double) f[i], widened[i]);
                assertEquals(bits[i], i32[i]);
            }
        }
    }

    @Example
    void everyIntegerTypeIsReadWithItsSign() throws IOException {
        Path path = directory.resolve("integers.safetensors");
        byte[] ones = new byte[8];
        Arrays.fill(ones, (byte) 0xff);
        SafetensorsWriter writer = new SafetensorsWriter();
        Map<Dtype, Long> expected = Map.of(
                Dtype.U8, 0xffL,
                Dtype.I8, -1L,
                Dtype.U16, 0xffffL,
                Dtype.I16, -1L,
                Dtype.U32, 0xffff_ffffL,
                Dtype.I32, -1L,
                Dtype.U64, -1L,
                Dtype.I64, -1L);
        for (Dtype dtype : expected.keySet()) {
            writer.add(dtype.name(), dtype, Arrays.copyOf(ones, dtype.bits() / 8));
        }
        writer.write(path);
        try (SafetensorsReader file = SafetensorsReader.open(path)) {
            for (Dtype dtype : expected.keySet()) {
                assertArrayEquals(new long[] {expected.get(dtype)}, file.longs(dtype.name()), dtype.name());
            }
        }
    }

    /** All 65,536 of each, against sign * fraction * 2^exponent computed as the definition says. */
    @Example
    void everyHalfAndBfloatIsWidenedExactly() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            assertWidened(bits, 5, 10, SafetensorsReader.fromHalf((short) bits));
            assertWidened(bits, 8, 7, SafetensorsReader.fromBfloat((short) bits));
        }
    }

    private static void assertWidened(int bits, int exponentBits, int fractionBits, float actual) {
        int exponent = (bits >> fractionBits) & ((1 << exponentBits) - 1);
        int fraction = bits & ((1 << fractionBits) - 1);
        int bias = (1 << (exponentBits - 1)) - 1;
        double magnitude;
        if (exponent == (1 << exponentBits) - 1) {
            magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        } else if (exponent == 0) {
            magnitude = Math.scalb((double) fraction, 1 - bias - fractionBits);
        } else {
            magnitude = Math.scalb((double) (fraction + (1 << fractionBits)), exponent - bias - fractionBits);
        }
        assertEquals((float) (bits >> 15 == 0 ? magnitude : -magnitude), actual, () -> Integer.toHexString(bits));
    }

    /** Files of other writers: no padding, metadata last, any order of tensors and fields, white space in the JSON. */
    @Example
    void readsWhatOtherWritersMayWrite() throws IOException {
        String json = "{ \"b\" : {\"data_offsets\":[4, 4],\"shape\":[3, 0, 5000000000],\"dtype\":\"F64\"},\n"
                + "\"\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]} ,\t\"__metadata__\":{} }";
        byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
        byte[] content = ByteBuffer.allocate(8 + utf8.length + 4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(utf8.length)
                .put(utf8)
                .putFloat(2.5f)
                .array();
        try (SafetensorsReader file =
                SafetensorsReader.open(Files.write(directory.resolve("other.safetensors"), content))) {
            assertEquals(List.of("", "b"), List.copyOf(file.entries().keySet()));
            assertEquals(List.of(3L, 0L, 5_000_000_000L), file.entry("b").shape());
            assertArrayEquals(new double[0], file.doubles("b"));
            assertArrayEquals(new float[] {2.5f}, file.floats(""));
            assertEquals(Map.of(), file.metadata());
        }
    }

    @Example
    void aFileWithoutTensorsIsAFile() throws IOException {
        Path path = directory.resolve("nothing.safetensors");
        new SafetensorsWriter().write(path);
        assertArrayEquals("\b\0\0\0\0\0\0\0{}      ".getBytes(StandardCharsets.US_ASCII), Files.readAllBytes(path));
        try (SafetensorsReader file = SafetensorsReader.open(path)) {
            assertEquals(Map.of(), file.entries());
        }
    }
}
