package org.rnn4j.serialization.configuration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.serialization.JavaProcess;
import org.rnn4j.serialization.Limits;

class JsonLinesTest {
    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("metrics.jsonl");
    }

    private static Map<String, Object> line(Object... keysAndValues) {
        Map<String, Object> line = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            line.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return line;
    }

    @Test
    void linesAreReadableAtOnceAndAppended() throws IOException {
        try (JsonLines lines = JsonLines.append(file)) {
            lines.write(line("step", 1, "loss", 0.1 + 0.2, "note", "a\n\"b\""));
            assertEquals(
                    "{\"step\":1,\"loss\":0.30000000000000004,\"note\":\"a\\n\\\"b\\\"\"}\n", Files.readString(file));
        }
        try (JsonLines lines = JsonLines.append(file)) {
            lines.write(line("step", 2L, "loss", Double.NaN, "rate", 0.5f, "scores", List.of(1, Map.of("a", true))));
        }
        assertEquals(
                "{\"step\":2,\"loss\":\"NaN\",\"rate\":0.5,\"scores\":[1,{\"a\":true}]}",
                Files.readAllLines(file).get(1));
    }

    @Test
    void aFileIsCutBehindAStep() throws IOException {
        String begin = "{\"run\":\"a\"}\n{\"step\":1}\n{\"step\":2, \"loss\": 3}\n{\"note\":\"between\"}\n";
        Files.writeString(file, begin + "{\"step\":3}\n{\"note\":\"after\"}\n{\"step\":4}\n");
        JsonLines.cut(file, 2);
        assertEquals(begin, Files.readString(file));
        JsonLines.cut(file, 2);
        assertEquals(begin, Files.readString(file));
        JsonLines.cut(file, 0);
        assertEquals("{\"run\":\"a\"}\n", Files.readString(file));
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(List.of(file), files.toList(), "no temporary file is left");
        }
    }

    @Test
    void aTornLastLineIsCut() throws IOException {
        for (String torn : List.of("{\"step\":2,\"lo", "{\"step\":2}", "\u00e4")) {
            Files.writeString(file, "{\"step\":1}\n" + torn);
            JsonLines.cut(file, 2);
            assertEquals("{\"step\":1}\n", Files.readString(file));
        }
    }

    /** As a power loss leaves it: the numbers around the damage stay, and all of it is kept aside. */
    @Test
    void damageIsPutAsideAndTheOtherLinesStay() throws IOException {
        int number = 0;
        for (String damage :
                List.of("step 2", "", "\0\0\0\0", "{\"step\":\"two\"}", "{\"step\":2.5}", "[1]", "{\"step\":2,")) {
            String text = "{\"step\":1}\n" + damage + "\n{\"step\":3}\n{\"step\":4}\n" + damage + "\n";
            Files.writeString(file, text);
            JsonLines.cut(file, 3);
            assertEquals("{\"step\":1}\n{\"step\":3}\n", Files.readString(file), damage);
            number++;
            assertEquals(text, Files.readString(directory.resolve("metrics.jsonl.damaged-" + number)));
        }
        // Behind the step there is nothing to keep, damaged or not.
        Files.writeString(file, "{\"step\":1}\n{\"step\":2}\nno line\n");
        JsonLines.cut(file, 1);
        assertEquals("{\"step\":1}\n", Files.readString(file));
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(number + 1, files.count());
        }
    }

    /** What is damaged everywhere is not looked through line by line, which costs a hundred times what good lines do; what was good before stays. */
    @Test
    void whatIsBehindManyDamagedLinesIsNotLookedAt() throws IOException {
        String good = "{\"step\":1}\n";
        String few = good + "{\n".repeat(30) + good;
        Files.writeString(file, few);
        JsonLines.cut(file, 3);
        assertEquals(good + good, Files.readString(file));
        String many = good + "{\n".repeat(31) + good;
        Files.writeString(file, many);
        JsonLines.cut(file, 3);
        assertEquals(good, Files.readString(file));
        assertEquals(few, Files.readString(directory.resolve("metrics.jsonl.damaged-1")));
        assertEquals(many, Files.readString(directory.resolve("metrics.jsonl.damaged-2")));
        // What stands behind the step may be anything, but not without end: a line up to the step may stand behind it.
        String behind = good.repeat(1000) + "{\"step\":4}\n" + "{\n".repeat(31) + good;
        Files.writeString(file, behind);
        JsonLines.cut(file, 3);
        assertEquals(good.repeat(1000), Files.readString(file));
        assertEquals(behind, Files.readString(directory.resolve("metrics.jsonl.damaged-3")));
    }

    /** The number of one line can be damaged too: it does not take the good lines behind it with it. */
    @Test
    void linesBehindAWrongStepStay() throws IOException {
        String wrong = "{\"step\":99999}\n{\"note\":\"of it\"}\n";
        String text = wrong + "{\"step\":1}\n{\"step\":2}\n" + wrong + "{\"step\":3}\n{\"step\":4}\n";
        Files.writeString(file, text);
        JsonLines.cut(file, 3);
        assertEquals("{\"step\":1}\n{\"step\":2}\n{\"step\":3}\n", Files.readString(file));
        assertEquals(text, Files.readString(directory.resolve("metrics.jsonl.damaged-1")));
    }

    /** Cuts a file behind a step. */
    public static void main(String[] fileAndStep) throws IOException {
        JsonLines.cut(Path.of(fileAndStep[0]), Long.parseLong(fileAndStep[1]));
        System.out.print("cut");
    }

    /** A file of any size is read in the memory of one line, and a line has a limit: here 64 MB without an end. */
    @Test
    void aLongFileIsReadInLittleMemory() throws IOException {
        Files.writeString(file, "{\"step\":1}\n");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            byte[] end = "\n{\"step\":2}\n{\"step\":3}\n".getBytes(StandardCharsets.UTF_8);
            channel.write(ByteBuffer.wrap(end), 64 << 20);
        }
        Process process = JavaProcess.start(JsonLinesTest.class, List.of("-Xmx16m"), file.toString(), "2");
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(printed.endsWith("cut"), printed);
        assertTrue(printed.contains("metrics.jsonl:2: a line of more than 1048576 bytes"), printed);
        assertEquals("{\"step\":1}\n{\"step\":2}\n", Files.readString(file));
    }

    /** By somebody who makes room, say: the run goes on, and no hole of zeros stays. */
    @Test
    void aFileThatIsCutOrRemovedWhileItIsWrittenToIsSaid() throws IOException {
        List<String> said = new ArrayList<>();
        Logger log = Logger.getLogger(JsonLines.class.getName());
        log.setFilter(entry -> {
            said.add(entry.getMessage());
            return false;
        });
        try (JsonLines lines = JsonLines.append(file)) {
            lines.write(line("step", 1));
            Files.writeString(file, "");
            lines.force();
            lines.write(line("step", 2));
            lines.force();
            assertEquals("{\"step\":2}\n", Files.readString(file));
            Files.delete(file);
            lines.write(line("step", 3));
            lines.force();
            lines.force();
        } finally {
            log.setFilter(null);
        }
        assertFalse(Files.exists(file));
        assertEquals(
                List.of(
                        file + " was cut while it was written to: lines are lost",
                        file + " was removed while it was written to: lines are lost"),
                said);
    }

    @Test
    void whatWouldBeRefusedIsNotWritten() throws IOException {
        try (JsonLines lines = JsonLines.append(file)) {
            lines.write(line("step", 1));
            assertEquals(
                    file + ": a line of 1048588 bytes, expected at most 1048576",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> lines.write(line("long", "x".repeat(Limits.LINE_BYTES))))
                            .getMessage());
            lines.write(line("step", 2));
        }
        assertEquals("{\"step\":1}\n{\"step\":2}\n", Files.readString(file));
        Path record = directory.resolve("run.json");
        JsonFile.write(record, Map.of("a", 1L));
        assertEquals(
                record + ":1: the file has 4000013 bytes; expected a JSON object of at most 4000000",
                assertThrows(ConfigException.class, () -> JsonFile.write(record, Map.of("a", "x".repeat(3_999_999))))
                        .getMessage());
        Object deep = 1L;
        for (int i = 0; i < 200; i++) {
            deep = List.of(deep);
        }
        Map<String, Object> tooDeep = line("a", deep);
        assertThrows(ConfigException.class, () -> JsonFile.write(record, tooDeep));
        assertEquals(Map.of("a", 1L), JsonFile.read(record));
    }

    @Test
    void anInterruptedThreadWritesItsLines() throws IOException {
        try (JsonLines lines = JsonLines.append(file)) {
            lines.write(line("step", 1));
            Thread.currentThread().interrupt();
            lines.write(line("step", 2));
            lines.force();
            lines.write(line("step", 3));
            assertTrue(Thread.interrupted(), "the thread is interrupted afterwards as before");
            lines.write(line("step", 4));
        }
        assertEquals("{\"step\":1}\n{\"step\":2}\n{\"step\":3}\n{\"step\":4}\n", Files.readString(file));
    }

    @Test
    void whatIsClosedIsNotOpenedAgain() throws IOException {
        JsonLines lines = JsonLines.append(file);
        lines.close();
        lines.close();
        assertThrows(ClosedChannelException.class, () -> lines.write(line("step", 1)));
        assertThrows(ClosedChannelException.class, lines::force);
        assertEquals(0, Files.size(file));
    }

    @Test
    void noFileIsNoMistake() throws IOException {
        JsonLines.cut(file, 5);
        assertFalse(Files.exists(file));
        assertThrows(NoSuchFileException.class, () -> JsonLines.append(directory.resolve("none/metrics.jsonl")));
    }

    @Test
    void jsonFilesAreReadAsTheyWereWritten() throws IOException {
        Path run = directory.resolve("run.json");
        Map<String, Object> object =
                line("b", 1L, "a", line("x", List.of(1.5, "y")), "empty", Map.of(), "none", List.of());
        JsonFile.write(run, object);
        assertEquals("""
                {
                  "b": 1,
                  "a": {
                    "x": [1.5, "y"]
                  },
                  "empty": {},
                  "none": []
                }
                """, Files.readString(run));
        assertEquals(object, JsonFile.read(run));
        assertEquals(
                List.of("b", "a", "empty", "none"),
                List.copyOf(JsonFile.read(run).keySet()));
        Files.writeString(run, "[1]");
        assertEquals(
                run + ":1: expected a JSON object",
                assertThrows(ConfigException.class, () -> JsonFile.read(run)).getMessage());
    }

    @Test
    void jsonThatCannotBeReadIsPutAside() throws IOException {
        Path run = directory.resolve("run.json");
        assertEquals(Optional.empty(), JsonFile.readOrPutAside(run));
        int number = 0;
        for (byte[] damage : List.of(
                new byte[0], new byte[] {0, 0}, new byte[] {(byte) 0xff}, "[]".getBytes(StandardCharsets.UTF_8))) {
            Files.write(run, damage);
            assertEquals(Optional.empty(), JsonFile.readOrPutAside(run));
            number++;
            assertArrayEquals(damage, Files.readAllBytes(directory.resolve("run.json.damaged-" + number)));
            JsonFile.write(run, Map.of("number", (long) number));
            assertEquals(Optional.of(Map.of("number", (long) number)), JsonFile.readOrPutAside(run));
        }
        Files.delete(run);
        Files.createDirectory(run);
        // That a file cannot be read says nothing of what is in it: it stays where it is.
        assertThrows(IOException.class, () -> JsonFile.readOrPutAside(run));
        assertTrue(Files.isDirectory(run));
        assertFalse(Files.exists(directory.resolve("run.json.damaged-5")));
    }
}
