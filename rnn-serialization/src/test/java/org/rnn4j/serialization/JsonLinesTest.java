package org.rnn4j.serialization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        Files.writeString(file, begin + "{\"step\":3}\n{\"note\":\"after\"}\n{\"step\":2}\n");
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

    @Test
    void whatIsNoLineIsNamed() throws IOException {
        Files.writeString(file, "{\"step\":1}\nstep 2\n");
        ConfigException mistake = assertThrows(ConfigException.class, () -> JsonLines.cut(file, 5));
        assertEquals(
                file + ":2: not JSON",
                mistake.getMessage().substring(0, mistake.getMessage().indexOf(" at column")));
        assertEquals("{\"step\":1}\nstep 2\n", Files.readString(file));
        Files.writeString(file, "{\"step\":\"one\"}\n");
        mistake = assertThrows(ConfigException.class, () -> JsonLines.cut(file, 5));
        assertEquals(file + ":1: step: expected a whole number, got one", mistake.getMessage());
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
}
