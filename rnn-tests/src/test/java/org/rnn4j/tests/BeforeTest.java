package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.run.TrainingRun;
import org.rnn4j.run.inject.RunModule;
import org.rnn4j.serialization.safetensors.SafetensorsReader;

/**
 * Configurations and checkpoints of an older commit load, and their runs end with the numbers that they ended with there. The files in
 * {@code src/test/resources/before} were made by {@code Before.java}, which lies beside them and names the commit.
 */
class BeforeTest {
    private static final Path FILES =
            ClassPath.project().resolve("rnn-tests").resolve(Path.of("src", "test", "resources", "before"));

    @ParameterizedTest
    @ValueSource(strings = {"text", "labelled"})
    void aRunOfBeforeIsResumedToTheSameNumbers(String name, @TempDir Path folder) throws Exception {
        Path own = copied(FILES.resolve(name), folder);
        Path run = Files.createDirectory(folder.resolve("run"));
        Files.copy(own.resolve("checkpoint.safetensors"), run.resolve("checkpoint.safetensors"));
        TrainingRun resumed = RunModule.run(own.resolve("run.yaml"), run);
        assertTrue(resumed.resume().ending().finished());
        assertEquals(Files.readAllLines(own.resolve("final.txt")), digests(run.resolve("checkpoint.safetensors")));
    }

    /** From the beginning too: with the same initial values, batches and draws. */
    @ParameterizedTest
    @ValueSource(strings = {"text", "labelled"})
    void aConfigurationOfBeforeIsTrainedToTheSameNumbers(String name, @TempDir Path folder) throws Exception {
        Path own = copied(FILES.resolve(name), folder);
        Path run = folder.resolve("run");
        assertTrue(RunModule.run(own.resolve("run.yaml"), run).start().ending().finished());
        assertEquals(Files.readAllLines(own.resolve("final.txt")), digests(run.resolve("checkpoint.safetensors")));
    }

    /** The data's file is named from the configuration's: absolutely, as tests share a working directory. */
    private static Path copied(Path from, Path folder) throws IOException {
        Path to = Files.createDirectory(folder.resolve("given"));
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        Path yaml = to.resolve("run.yaml");
        Files.writeString(yaml, Files.readString(yaml).replace("file: ", "file: " + to + "/"));
        return to;
    }

    private static List<String> digests(Path file) throws IOException, NoSuchAlgorithmException {
        List<String> lines = new ArrayList<>();
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            for (String name : new TreeSet<>(reader.entries().keySet())) {
                float[] numbers = reader.floats(name);
                ByteBuffer bytes =
                        ByteBuffer.allocate(Float.BYTES * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(numbers);
                lines.add(HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()))
                        + "  " + name);
            }
        }
        return lines;
    }
}
