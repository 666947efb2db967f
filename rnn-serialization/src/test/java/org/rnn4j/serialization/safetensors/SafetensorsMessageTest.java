package org.rnn4j.serialization.safetensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * One file for each thing that the format does not allow, and the whole message that it gives:
 * messages/safetensors.txt.
 */
class SafetensorsMessageTest {
    private static final String GOLDEN = "/messages/safetensors.txt";

    @TempDir
    Path directory;

    /** Damaged files by the name of their line in the golden file. */
    private static Map<String, byte[]> damaged() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        String w = "\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}";

        files.put("empty-file", new byte[0]);
        files.put("truncated-length", new byte[] {2, 0, 0, 0, 0});
        files.put("header-over-limit", raw(100_000_001L, "{}"));
        files.put("header-length-unsigned", raw(-1L, "{}"));
        files.put("header-length-at-limit-but-short-file", raw(100_000_000L, "{}"));
        files.put("truncated-header", raw(60, "{" + w));
        files.put("header-of-length-zero", raw(0, ""));
        files.put("header-starts-with-space", file(" {}", 0));
        files.put("header-starts-with-bom", file("\ufeff{}", 0));
        byte[] notUtf8 = file("{" + w + "}", 8);
        notUtf8[10] = (byte) 0xff;
        files.put("not-utf8", notUtf8);
        files.put("utf8-cut", raw(3, new byte[] {'{', '"', (byte) 0xc3}));
        files.put("not-json", file("{\"w\";{}}", 0));
        files.put("json-cut", file("{" + w, 8));
        files.put("json-comment", file("{/*c*/}", 0));
        files.put("object-then-text", file("{" + w + "} x", 8));
        files.put("object-then-newline", file("{" + w + "}\n", 8));
        files.put("object-then-object", file("{" + w + "}{}", 8));

        files.put("name-twice", file("{" + w + "," + w + "}", 8));
        files.put("name-twice-by-escape", file("{" + w + "," + w.replace("\"w\"", "\"\\u0077\"") + "}", 8));
        files.put("name-with-newline-and-long", file("{\"a\\nb" + "c".repeat(200) + "\":1}", 8));
        files.put("tensor-not-object", file("{\"w\":[]}", 0));
        files.put("field-unknown", file("{\"w\":{\"dtype\":\"F32\",\"shap\":[2],\"data_offsets\":[0,8]}}", 8));
        files.put("field-twice", file("{\"w\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}}", 8));
        files.put("dtype-missing", file("{\"w\":{\"shape\":[2],\"data_offsets\":[0,8]}}", 8));
        files.put("shape-missing", file("{\"w\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]}}", 8));
        files.put("offsets-missing", file("{\"w\":{\"dtype\":\"F32\",\"shape\":[2]}}", 8));
        files.put("dtype-unknown", file("{" + w.replace("F32", "F33") + "}", 8));
        files.put("dtype-lower-case", file("{" + w.replace("F32", "f32") + "}", 8));
        files.put("dtype-not-string", file("{" + w.replace("\"F32\"", "32") + "}", 8));
        files.put("shape-not-array", file("{" + w.replace("[2]", "2") + "}", 8));
        files.put("dim-negative", file("{" + w.replace("[2]", "[2,-1]") + "}", 8));
        files.put("dim-negative-zero", file("{" + w.replace("[2]", "[-0]") + "}", 8));
        files.put("dim-fraction", file("{" + w.replace("[2]", "[2.0]") + "}", 8));
        files.put("dim-string", file("{" + w.replace("[2]", "[\"2\"]") + "}", 8));
        files.put("dim-nested", file("{" + w.replace("[2]", "[[2]]") + "}", 8));
        files.put("dim-over-64-bits", file("{" + w.replace("[2]", "[18446744073709551616]") + "}", 8));
        files.put("shape-overflows", file("{" + w.replace("[2]", "[4294967296,4294967296]") + "}", 8));
        files.put("shape-wraps-to-size", file("{" + w.replace("[2]", "[2305843009213693954]") + "}", 8));
        files.put("offsets-one", file("{" + w.replace("[0,8]", "[8]") + "}", 8));
        files.put("offsets-three", file("{" + w.replace("[0,8]", "[0,8,8]") + "}", 8));
        files.put("offsets-reversed", file("{" + w.replace("[0,8]", "[8,0]") + "}", 8));
        files.put("offset-negative", file("{" + w.replace("[0,8]", "[-8,0]") + "}", 8));
        files.put("size-too-small", file("{" + w.replace("[0,8]", "[0,7]") + "}", 7));
        files.put("size-too-large", file("{" + w.replace("[0,8]", "[0,9]") + "}", 9));
        files.put("scalar-size", file("{" + w.replace("[2]", "[]") + "}", 8));
        files.put("half-a-byte", file("{\"w\":{\"dtype\":\"F4\",\"shape\":[3],\"data_offsets\":[0,1]}}", 1));

        files.put("hole-at-start", file("{" + w.replace("[0,8]", "[4,12]") + "}", 12));
        files.put("hole", file("{" + w + "," + w.replace("\"w\"", "\"v\"").replace("[0,8]", "[10,18]") + "}", 18));
        files.put("overlap", file("{" + w + "," + w.replace("\"w\"", "\"v\"").replace("[0,8]", "[6,14]") + "}", 14));
        files.put("overlap-same", file("{" + w + "," + w.replace("\"w\"", "\"v\"") + "}", 8));
        files.put(
                "overlap-empty-inside",
                file("{" + w + ",\"z\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[4,4]}}", 8));
        files.put("truncated-data", file("{" + w + "}", 5));
        files.put(
                "truncated-two-tensors",
                file("{" + w + "," + w.replace("\"w\"", "\"v\"").replace("[0,8]", "[8,16]") + "}", 5));
        files.put(
                "offsets-far-beyond-file",
                file("{\"w\":{\"dtype\":\"U8\",\"shape\":[1099511627776],\"data_offsets\":[0,1099511627776]}}", 8));
        files.put("trailing-bytes", file("{" + w + "}", 11));
        files.put("trailing-bytes-no-tensor", file("{}", 3));

        files.put("metadata-not-object", file("{\"__metadata__\":\"a\"}", 0));
        files.put("metadata-null", file("{\"__metadata__\":null}", 0));
        files.put("metadata-number", file("{\"__metadata__\":{\"step\":5}}", 0));
        files.put("metadata-nested", file("{\"__metadata__\":{\"a\":{\"b\":\"c\"}}}", 0));
        files.put("metadata-key-twice", file("{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}", 0));
        files.put("metadata-half-surrogate", file("{\"__metadata__\":{\"a\":\"\\ud800x\"}}", 0));
        files.put("metadata-twice", file("{\"__metadata__\":{},\"__metadata__\":{}}", 0));
        return files;
    }

    /** Sound files of which something is asked that they do not have. */
    private Map<String, Executable> refused() throws IOException {
        Path sound = directory.resolve("sound.safetensors");
        new SafetensorsWriter()
                .add("w", new float[6], 2, 3)
                .add("n", new long[1])
                .add("d", new double[1], 1)
                .write(sound);
        // Sparse: its last byte alone is written.
        Path huge = directory.resolve("huge.safetensors");
        long length = Integer.MAX_VALUE;
        byte[] start =
                file("{\"w\":{\"dtype\":\"U8\",\"shape\":[1," + length + "],\"data_offsets\":[0," + length + "]}}", 0);
        try (var channel = Files.newByteChannel(huge, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(start));
            channel.position(start.length + length - 1).write(ByteBuffer.allocate(1));
        }
        Map<String, Executable> actions = new LinkedHashMap<>();
        actions.put("no-such-tensor", () -> with(sound, f -> f.entry("wx")));
        actions.put("no-tensor-at-all", () -> with(write("none", file("{}", 0)), f -> f.floats("wx")));
        actions.put("floats-of-integers", () -> with(sound, f -> f.floats("n")));
        actions.put("floats-of-doubles", () -> with(sound, f -> f.floats("d")));
        actions.put("doubles-of-integers", () -> with(sound, f -> f.doubles("n")));
        actions.put("longs-of-floats", () -> with(sound, f -> f.longs("w")));
        actions.put("tensor-over-array", () -> with(huge, f -> f.longs("w")));
        actions.put(
                "changed-while-open",
                () -> with(write("changing", Files.readAllBytes(sound)), f -> {
                    Files.write(directory.resolve("changing.safetensors"), new byte[200]);
                    return f.floats("w");
                }));
        return actions;
    }

    /** What the writer refuses before it writes. */
    private static Map<String, Executable> notWritten() {
        Map<String, Executable> actions = new LinkedHashMap<>();
        SafetensorsWriter writer =
                new SafetensorsWriter().add("w", new float[6], 2, 3).metadata("format", "1");
        actions.put("write-shape-of-other-size", () -> writer.add("v", new float[5], 2, 3));
        actions.put("write-scalar-of-other-size", () -> writer.add("v", new long[2]));
        actions.put("write-bytes-of-other-size", () -> writer.add("v", Dtype.BF16, new byte[3], 2));
        actions.put("write-name-twice", () -> writer.add("w", new float[1], 1));
        actions.put("write-negative-dim", () -> writer.add("v", new float[6], -2, -3));
        actions.put("write-overflow", () -> writer.add("v", new float[0], 1 << 30, 1 << 30, 1 << 30));
        actions.put("write-reserved-name", () -> writer.add("__metadata__", new float[1], 1));
        actions.put("write-half-surrogate", () -> writer.add("\ud800", new float[1], 1));
        actions.put("write-metadata-twice", () -> writer.metadata("format", "2"));
        actions.put("write-metadata-half-surrogate", () -> writer.metadata("key", "\udc00"));
        return actions;
    }

    @TestFactory
    Stream<DynamicTest> everyMessageIsAsPinned() throws IOException {
        Map<String, String> golden = golden();
        Stream<DynamicTest> files = damaged().entrySet().stream()
                .map(e -> dynamicTest(e.getKey(), () -> {
                    Path file = write(e.getKey(), e.getValue());
                    SafetensorsException failure =
                            assertThrows(SafetensorsException.class, () -> SafetensorsReader.open(file));
                    assertMessage(golden, e.getKey(), failure);
                }));
        Stream<DynamicTest> asked = refused().entrySet().stream()
                .map(e -> dynamicTest(
                        e.getKey(),
                        () -> assertMessage(
                                golden, e.getKey(), assertThrows(SafetensorsException.class, e.getValue()))));
        Stream<DynamicTest> written = notWritten().entrySet().stream()
                .map(e -> dynamicTest(
                        e.getKey(),
                        () -> assertMessage(
                                golden, e.getKey(), assertThrows(IllegalArgumentException.class, e.getValue()))));
        return Stream.of(files, asked, written).flatMap(s -> s);
    }

    @Test
    void everyPinnedMessageHasItsCase() throws IOException {
        Stream<String> cases = Stream.of(damaged(), refused(), notWritten()).flatMap(m -> m.keySet().stream());
        assertEquals(cases.toList(), List.copyOf(golden().keySet()));
    }

    private void assertMessage(Map<String, String> golden, String name, Exception failure) {
        // The directory of the test differs from run to run; the file's own name is pinned.
        String message = failure.getMessage().replace(directory.toString(), "DIR");
        assertEquals(golden.get(name), message, name);
    }

    private static Map<String, String> golden() throws IOException {
        Map<String, String> messages = new LinkedHashMap<>();
        try (InputStream in = SafetensorsMessageTest.class.getResourceAsStream(GOLDEN)) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                String[] parts = line.split(" = ", 2);
                assertEquals(2, parts.length, line);
                messages.put(parts[0], parts[1]);
            }
        }
        return messages;
    }

    @FunctionalInterface
    private interface Use {
        Object of(SafetensorsReader file) throws IOException;
    }

    private static void with(Path file, Use use) throws IOException {
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            use.of(reader);
        }
    }

    private Path write(String name, byte[] content) throws IOException {
        return Files.write(directory.resolve(name + ".safetensors"), content);
    }

    private static byte[] file(String json, int dataBytes) {
        byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
        byte[] start = raw(utf8.length, utf8);
        return Arrays.copyOf(start, start.length + dataBytes);
    }

    private static byte[] raw(long headerLength, String rest) {
        return raw(headerLength, rest.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] raw(long headerLength, byte[] rest) {
        return ByteBuffer.allocate(8 + rest.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(headerLength)
                .put(rest)
                .array();
    }
}
