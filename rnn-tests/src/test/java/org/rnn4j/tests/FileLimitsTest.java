package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.serialization.Limits;
import org.rnn4j.serialization.configuration.Config;
import org.rnn4j.serialization.safetensors.SafetensorsException;
import org.rnn4j.serialization.safetensors.SafetensorsReader;

/** What reading allocates for the worst of many kinds of headers and documents: those with most values for their letters. */
class FileLimitsTest {
    @TempDir
    Path directory;

    @TestFactory
    Stream<DynamicTest> readingAllocatesNoMoreThanItsMultiple() {
        return Stream.of(
                dynamicTest("tensors", () -> assertHeader("{" + joined(100_000, FileLimitsTest::empty) + "}")),
                dynamicTest(
                        "dimensions",
                        () -> assertHeader("{"
                                + joined(20_000, i -> empty(i).replace("[0]", "[" + "1,".repeat(63) + "0]"))
                                + "}")),
                dynamicTest(
                        "metadata",
                        () -> assertHeader("{\"__metadata__\":{\"a\":\"" + "x".repeat(4_000_000) + "\u4e00\"}}")),
                dynamicTest("name", () -> assertHeader("{\"" + "x".repeat(4_000_000) + "\":{}}")),
                document(
                        "json", "a.json", Limits.JSON_MULTIPLE, "{\"format\":1,\"a\":[" + "1,".repeat(480_000) + "1]}"),
                document(
                        "yaml",
                        "a.yaml",
                        Limits.YAML_MULTIPLE,
                        "format: 1\na: [" + ("1,".repeat(1_000) + "\n ").repeat(490) + "1]"),
                document(
                        "yaml of long lines",
                        "a.yaml",
                        Limits.YAML_MULTIPLE,
                        "format: 1\na: " + ("x".repeat(249_000) + "\n ").repeat(4)));
    }

    private static String empty(int i) {
        return "\"" + i + "\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}";
    }

    private static String joined(int count, IntFunction<String> item) {
        return IntStream.range(0, count).mapToObj(item).collect(Collectors.joining(","));
    }

    private void assertHeader(String json) throws Throwable {
        byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(
                directory.resolve("header"),
                ByteBuffer.allocate(8 + utf8.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(utf8.length)
                        .put(utf8)
                        .array());
        assertAllocates(utf8.length, Limits.HEADER_MULTIPLE, () -> open(file));
    }

    private static void open(Path file) throws IOException {
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            assertTrue(reader.entries().size() <= Limits.TENSORS, "more tensors than are allowed");
        } catch (SafetensorsException e) {
            assertTrue(e.getMessage().length() < Limits.MESSAGE_CHARS, "a long message");
        }
    }

    private static DynamicTest document(String name, String file, int multiple, String text) {
        return dynamicTest(name, () -> assertAllocates(text.length(), multiple, () -> Config.parse(text, file)));
    }

    private static void assertAllocates(long size, int multiple, Executable action) throws Throwable {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        action.execute();
        long allocated = threads.getThreadAllocatedBytes(thread) - before;
        assertTrue(
                allocated <= multiple * size + 1_000_000,
                allocated + " bytes for " + size + ", " + allocated / size + " times as many");
    }
}
