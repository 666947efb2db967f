package org.rnn4j.serialization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.core.Spelling;
import org.rnn4j.serialization.checkpoint.CheckpointFile;
import org.rnn4j.serialization.configuration.Config;
import org.rnn4j.serialization.configuration.ConfigException;
import org.rnn4j.serialization.safetensors.SafetensorsException;
import org.rnn4j.serialization.safetensors.SafetensorsReader;
import org.rnn4j.serialization.safetensors.SafetensorsWriter;

/** Inputs beyond each of {@link Limits}: what is said, and that it does not take long. */
class LimitsTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void thePageHasTheTable() throws Exception {
        Map<String, Integer> page = new LinkedHashMap<>();
        Matcher row = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\| ([0-9]+) \\|")
                .matcher(Files.readString(Path.of("../docs/security.md")));
        while (row.find()) {
            page.put(row.group(1), Integer.valueOf(row.group(2)));
        }
        Map<String, Integer> code = new LinkedHashMap<>();
        for (Field field : Limits.class.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers())) {
                code.put(field.getName(), field.getInt(null));
            }
        }
        assertEquals(15, code.size());
        assertEquals(List.copyOf(code.entrySet()), List.copyOf(page.entrySet()));
    }

    /** A document, whose message follows: each took seconds or minutes, or repeated all of it. */
    @TestFactory
    Stream<DynamicTest> documentsBeyondTheLimits() {
        String key = "k".repeat(1001);
        return Stream.of(
                document(
                        "a.yaml",
                        "a: " + "x\n ".repeat(3_000_000),
                        ":1: the text has 9000003 characters; expected a configuration of at most 1000000"),
                document(
                        "a.yaml",
                        "format: 1\na: " + "x".repeat(250_000),
                        ":2: the line has 250003 characters; expected at most 250000 in YAML"),
                document(
                        "a.yaml",
                        "format: 1\na: {" + key + ": 1}",
                        ":2: a: the key " + "k".repeat(80)
                                + "... (1001 characters) is too long, expected at most 1000"),
                document(
                        "a.json",
                        "{\"a\": " + "1".repeat(101) + "}",
                        ":1: a: the number " + "1".repeat(80)
                                + "... (101 characters) is too long, expected at most 100"),
                document(
                        "a.json",
                        "{\"a\": " + "[".repeat(1_000) + "]".repeat(1_000) + "}",
                        ":1: a" + "[0]".repeat(100) + ": is nested more than 100 deep"),
                document(
                        "a.yaml",
                        "a: !" + "x".repeat(9_000) + " 1",
                        ":1: a: the tag " + "x".repeat(80) + "... (9000 characters) is not read"),
                document(
                        "a.yaml",
                        "format: 1\nseed: 1\n" + "k".repeat(1_000) + ": 1",
                        ":3: unknown key " + "k".repeat(80)
                                + "... (1000 characters); known here: seed, model, loss, optimizer, groups, schedule"),
                document(
                        "a.json",
                        "{\"format\": 1, \"seed\": \"" + "x".repeat(900_000) + "\"}",
                        ":1: seed: expected a whole number, got \"" + "x".repeat(80) + "... (900000 characters)\""));
    }

    private static DynamicTest document(String file, String text, String message) {
        return dynamicTest(
                message.substring(0, Math.min(60, message.length())),
                () -> assertTimeoutPreemptively(
                        LONG,
                        () -> assertEquals(
                                file + message,
                                assertThrows(ConfigException.class, () -> RunFile.of(Config.parse(text, file)))
                                        .getMessage())));
    }

    /** 5 MB of a name took 42 s: the time goes by the product of two lengths. */
    @Test
    void aLongTypeIsNotCompared() throws IOException {
        Path file = directory.resolve("long-type");
        String type = "x".repeat(3_900_000);
        new SafetensorsWriter()
                .metadata("format", "1")
                .metadata(
                        "spec",
                        "{\"format\":1,\"inputs\":[\"x\"],\"nodes\":{\"a\":{\"layer\":{\"type\":\"" + type
                                + "\"},\"inputs\":[\"x\"]}},\"outputs\":[\"a\"]}")
                .metadata("seed", "1")
                .metadata("progress", "{}")
                .write(file);
        String message = assertTimeoutPreemptively(
                LONG,
                () -> assertThrows(SafetensorsException.class, () -> CheckpointFile.load(file, RunFile.LAYERS))
                        .getMessage());
        assertEquals(
                file + ": metadata 'spec':1: nodes.a.layer.type: unknown layer type " + "x".repeat(80)
                        + "... (3900000 characters); known here: acme.Linear, acme.Over, acme.Settings, acme.Squares,"
                        + " acme.Table, acme.Unit",
                message);
        assertEquals("", Spelling.hint("TimeLSTM".repeat(20), List.of("TimeLSTM".repeat(20) + "x")));
    }

    @Test
    void aFileOfAConfigurationThatIsTooLargeIsNotRead() throws IOException {
        Path file = Files.write(directory.resolve("large.yaml"), new byte[1_000_001]);
        assertEquals(
                file + ": has more than 1000000 bytes (1000001); expected a configuration of at most so many",
                assertThrows(IOException.class, () -> Config.read(file)).getMessage());
    }

    /** A header, whose message follows. */
    @TestFactory
    Stream<DynamicTest> headersBeyondTheLimits() {
        String name = "n".repeat(1001);
        String cut = "'" + "n".repeat(80) + "...' (1001 characters)";
        return Stream.of(
                header("{\"" + name + "\":1}", "a tensor's name is too long: " + cut + "; expected at most 1000"),
                header(
                        "{\"__metadata__\":{\"" + name + "\":\"\"}}",
                        "a key of __metadata__ is too long: " + cut + "; expected at most 1000"),
                header(
                        "{\"__metadata__\":{" + joined(10_001, i -> "\"" + i + "\":\"\"") + "}}",
                        "__metadata__: has more strings than 10000; expected at most so many"),
                header(
                        "{" + joined(100_001, LimitsTest::empty) + "}",
                        "the header has more tensors than 100000; expected at most so many"),
                header(
                        "{\"a\":{\"dtype\":\"F32\",\"shape\":[" + joined(65, i -> "1") + "]}}",
                        "tensor 'a': shape: has more numbers than 64; expected at most so many"),
                header(
                        "{\"a\":{\"dtype\":\"F32\",\"shape\":[" + "1".repeat(1_000_000) + "]}}",
                        "tensor 'a': shape[0]: found '" + "1".repeat(80)
                                + "...' (1000000 characters); expected 0 to 9223372036854775807"));
    }

    private static String empty(int i) {
        return "\"" + i + "\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}";
    }

    private static String joined(int count, IntFunction<String> item) {
        return IntStream.range(0, count).mapToObj(item).collect(Collectors.joining(","));
    }

    private DynamicTest header(String json, String message) {
        return dynamicTest(message.substring(0, Math.min(60, message.length())), () -> {
            Path file = header(json);
            assertEquals(
                    file + ": " + message,
                    assertThrows(SafetensorsException.class, () -> SafetensorsReader.open(file))
                            .getMessage());
        });
    }

    private Path header(String json) throws IOException {
        byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = ByteBuffer.allocate(8 + utf8.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(utf8.length)
                .put(utf8)
                .array();
        return Files.write(directory.resolve("header"), bytes);
    }

    /** What the writer refuses, because no reader would take it. */
    @Test
    void whatCouldNotBeReadIsNotWritten() {
        SafetensorsWriter writer = new SafetensorsWriter();
        String name = "n".repeat(1001);
        assertRefused(
                "tensor name '" + "n".repeat(80) + "...' (1001 characters) is too long; expected at most 1000",
                () -> writer.add(name, new float[1]));
        assertRefused(
                "metadata key '" + "n".repeat(80) + "...' (1001 characters) is too long; expected at most 1000",
                () -> writer.metadata(name, ""));
        assertRefused(
                "tensor 'a' has 65 dimensions; expected at most 64", () -> writer.add("a", new float[0], new int[65]));
        for (int i = 0; i < Limits.TENSORS; i++) {
            writer.add("t" + i, new float[1]);
        }
        assertRefused(
                "a file has at most 100000 tensors; this would be one more", () -> writer.add("one", new float[1]));
        for (int i = 0; i < Limits.METADATA_STRINGS; i++) {
            writer.metadata("m" + i, "");
        }
        assertRefused(
                "a file has at most 10000 metadata strings; this would be one more", () -> writer.metadata("one", ""));
    }

    private static void assertRefused(String message, Executable action) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, action).getMessage());
    }
}
