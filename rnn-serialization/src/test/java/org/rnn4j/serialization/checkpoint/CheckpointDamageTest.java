package org.rnn4j.serialization.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import acme.Linear;
import acme.Over;
import acme.Table;
import acme.Unit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.api.Init;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Checkpoint;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Tensors;
import org.rnn4j.serialization.RunFile;
import org.rnn4j.serialization.safetensors.SafetensorsEntry;
import org.rnn4j.serialization.safetensors.SafetensorsException;
import org.rnn4j.serialization.safetensors.SafetensorsReader;
import org.rnn4j.serialization.safetensors.Seal;

/** What happens to a checkpoint of which a bit has changed, to one of numbers that are none, and to one of the first format. */
class CheckpointDamageTest {
    private static final ModelSpec SPEC = ModelSpec.chain()
            .then("embed", new Table(7, 3, null))
            .then("rnn", new Over(new Unit(3, 4, 0.5), null))
            .then("out", new Linear(4, 7, null, Init.he()))
            .build();

    @TempDir
    Path directory;

    private Path file;
    private Checkpoint sound;

    @BeforeEach
    void save() throws IOException {
        file = directory.resolve("sound");
        Map<String, Tensor> parameters = Checkpoint.of(Model.create(SPEC, 3)).parameters();
        Map<String, Tensor> optimizer = new LinkedHashMap<>();
        parameters.forEach((name, value) -> optimizer.put(name + "/m", Tensors.zeros(value.shape())));
        Map<String, Tensor> carry = Map.of("rnn/h", Tensors.of(Shape.of(2, 4), 1, 2, 3, 4, 5, 6, 7, 8));
        // A letter of UTF-8, and one that JSON writes with hexadecimal digits, whose case means nothing to it.
        sound = new Checkpoint(
                SPEC, 3, parameters, optimizer, carry, Map.of("step", 5L, "best", 0.5, "text", "\u00e9\u001f"));
        CheckpointFile.save(sound, file, RunFile.LAYERS);
    }

    /** A bit of every byte, all eight of every sixteenth: the length, the header with its padding, and the data. */
    @Test
    void everyBitThatChangesIsNoticedByName() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        long data = 8 + ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        Map<String, SafetensorsEntry> entries;
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            entries = reader.entries();
        }
        Path damaged = directory.resolve("damaged");
        int inTensors = 0;
        for (int i = 0; i < bytes.length; i++) {
            String part = i < data ? "" : name(entries, i - data);
            boolean all = i % 16 == 0;
            for (int bit = all ? 0 : i % 8; bit < (all ? 8 : i % 8 + 1); bit++) {
                bytes[i] ^= (byte) (1 << bit);
                Files.write(damaged, bytes);
                bytes[i] ^= (byte) (1 << bit);
                String message = assertThrows(
                                SafetensorsException.class,
                                () -> CheckpointFile.load(damaged, RunFile.LAYERS),
                                "bit " + bit + " of byte " + i)
                        .getMessage();
                if (part.isEmpty()) {
                    assertTrue(
                            message.matches("(?s).*/damaged: .*(header|metadata|tensor|truncated|bytes follow).*"),
                            message);
                } else {
                    assertTrue(
                            message.contains("/damaged: tensor '" + part + "' is damaged: the SHA-256 of its "),
                            message);
                    inTensors++;
                }
            }
        }
        assertTrue(inTensors > bytes.length - data, inTensors + " bits in tensors");
        assertTrue(bytes.length - data > 600, "a tensor is missing");
    }

    private static String name(Map<String, SafetensorsEntry> entries, long place) {
        return entries.values().stream()
                .filter(entry -> entry.begin() <= place && place < entry.end())
                .map(SafetensorsEntry::name)
                .findFirst()
                .orElseThrow();
    }

    /** What an editor or another program might leave: each is sound safetensors. */
    @Test
    void aHeaderThatMeansTheSameIsStillAnotherHeader() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        assertTrue(text.contains("001F"), text);
        byte[] other = text.replaceFirst("001F", "001f").getBytes(StandardCharsets.ISO_8859_1);
        Path edited = Files.write(directory.resolve("edited"), other);
        String message = assertThrows(SafetensorsException.class, () -> CheckpointFile.load(edited, RunFile.LAYERS))
                .getMessage();
        assertTrue(
                message.matches(
                        ".*/edited: the header is damaged: its SHA-256 is '[0-9a-f]{12}'\\.\\.\\., but metadata "
                                + "'sha256' says '[0-9a-f]{12}'\\.\\.\\."),
                message);
    }

    @Test
    void theDigestsAreThoseThatOtherProgramsCompute() throws Exception {
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            String[] digests = reader.metadata().get("sha256").split(" ", -1);
            assertEquals(1 + reader.entries().size(), digests.length);
            int i = 1;
            for (String name : reader.entries().keySet()) {
                assertEquals(sha256(reader.bytes(name)), digests[i++], name);
            }
            byte[] bytes = Files.readAllBytes(file);
            int data = 8
                    + (int) ByteBuffer.wrap(bytes)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong();
            String header = new String(bytes, 0, data, StandardCharsets.ISO_8859_1).replace(digests[0], "0".repeat(64));
            assertEquals(sha256(header.getBytes(StandardCharsets.ISO_8859_1)), digests[0]);
        }
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    /** A header that proves itself, with more digests than tensors: as many as there were room for would be cut apart. */
    @Test
    void digestsOfNoTensorAreRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int data =
                8 + (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        String digests;
        int tensors;
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            digests = reader.metadata().get("sha256");
            tensors = reader.entries().size();
        }
        String more = "0".repeat(64) + digests.substring(64) + " ".repeat(1 << 16);
        byte[] header = new String(bytes, 0, data, StandardCharsets.ISO_8859_1)
                .replace(digests, more)
                .getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length - 8);
        Seal.close(header, more);
        ByteBuffer whole = ByteBuffer.allocate(header.length + bytes.length - data);
        whole.put(header).put(bytes, data, bytes.length - data);
        Path padded = Files.write(directory.resolve("padded"), whole.array());
        int expected = 65 * (tensors + 1) - 1;
        assertEquals(
                padded + ": metadata 'sha256' has " + (expected + (1 << 16)) + " characters; expected " + expected
                        + ": a digest of the header and " + tensors + " of tensors, with spaces between",
                assertThrows(SafetensorsException.class, () -> CheckpointFile.load(padded, RunFile.LAYERS))
                        .getMessage());
    }

    /** No digest says that they were damaged; loaded, they could not be saved again. */
    @Test
    void numbersThatAreNotFiniteAreNotLoadedFromTheFirstFormat() throws IOException {
        Path old = directory.resolve("format-1");
        try (InputStream in = CheckpointDamageTest.class.getResourceAsStream("/golden/format-1.safetensors")) {
            Files.copy(in, old);
        }
        byte[] bytes = Files.readAllBytes(old);
        long data = 8 + ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        List<SafetensorsEntry> entries;
        try (SafetensorsReader reader = SafetensorsReader.open(old)) {
            entries = List.copyOf(reader.entries().values());
        }
        List<String> parts = new ArrayList<>();
        for (SafetensorsEntry entry : entries) {
            ByteBuffer changed = ByteBuffer.wrap(bytes.clone()).order(ByteOrder.LITTLE_ENDIAN);
            changed.putFloat((int) (data + entry.begin()), Float.NaN);
            Files.write(old, changed.array());
            String message = assertThrows(
                            SafetensorsException.class, () -> CheckpointFile.load(old, RunFile.LAYERS), entry.name())
                    .getMessage();
            assertTrue(message.startsWith(old + ": tensor '" + entry.name() + "' has NaN at [0"), message);
            parts.add(entry.name().substring(0, entry.name().indexOf('/')));
        }
        assertTrue(parts.containsAll(List.of("model", "optimizer", "carry")), parts.toString());
    }

    @Test
    void numbersThatAreNotFiniteAreNotSaved() throws IOException {
        byte[] before = Files.readAllBytes(file);
        float[] weight = sound.parameters().get("out.weight").toFloats();
        weight[10] = Float.NaN;
        weight[11] = Float.POSITIVE_INFINITY;
        assertRefused(
                "tensor 'model/out.weight' has NaN at [1, 3]; expected finite numbers",
                with(
                        replaced(sound.parameters(), "out.weight", Tensors.of(Shape.of(4, 7), weight)),
                        sound.optimizer(),
                        sound.carry()));
        weight[10] = 0;
        assertRefused(
                "tensor 'optimizer/out.weight/m' has Infinity at [1, 4]; expected finite numbers",
                with(
                        sound.parameters(),
                        replaced(sound.optimizer(), "out.weight/m", Tensors.of(Shape.of(4, 7), weight)),
                        sound.carry()));
        assertRefused(
                "tensor 'carry/rnn/h' has -Infinity at [0]; expected finite numbers",
                with(
                        sound.parameters(),
                        sound.optimizer(),
                        Map.of("rnn/h", Tensors.of(Shape.of(1), Float.NEGATIVE_INFINITY))));
        assertArrayEquals(before, Files.readAllBytes(file));
        try (var files = Files.list(directory)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    private void assertRefused(String message, Checkpoint checkpoint) {
        assertEquals(
                message,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> CheckpointFile.save(checkpoint, file, RunFile.LAYERS))
                        .getMessage());
    }

    private Checkpoint with(Map<String, Tensor> parameters, Map<String, Tensor> optimizer, Map<String, Tensor> carry) {
        return new Checkpoint(SPEC, 3, parameters, optimizer, carry, sound.progress());
    }

    private static Map<String, Tensor> replaced(Map<String, Tensor> map, String key, Tensor value) {
        Map<String, Tensor> result = new LinkedHashMap<>(map);
        result.put(key, value);
        return result;
    }

    /** One byte would turn all digests off. */
    @Test
    void aFormatThatWasChangedToOneWithoutDigestsIsNoticed() throws IOException {
        String header = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        Files.writeString(file, header.replace("\"format\":\"2\"", "\"format\":\"1\""), StandardCharsets.ISO_8859_1);
        assertEquals(
                file + ": metadata 'format' is '1', which has no digests, but this file has ('sha256'): its format was"
                        + " changed; expected 2",
                assertThrows(SafetensorsException.class, () -> CheckpointFile.load(file, RunFile.LAYERS))
                        .getMessage());
    }

    /** {@code golden/format-1.safetensors} was written by the last version before digests. */
    @Test
    void aFileOfTheFirstFormatGivesItsTensorsAndANote() throws Exception {
        Path old = directory.resolve("format-1");
        try (InputStream in = CheckpointDamageTest.class.getResourceAsStream("/golden/format-1.safetensors")) {
            Files.copy(in, old);
        }
        List<String> notes = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord note) {
                notes.add(note.getLevel() + " " + note.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(CheckpointFile.class.getName());
        logger.addHandler(handler);
        Checkpoint loaded;
        Checkpoint again;
        try {
            loaded = CheckpointFile.load(old, RunFile.LAYERS);
            CheckpointFile.save(loaded, file, RunFile.LAYERS);
            again = CheckpointFile.load(file, RunFile.LAYERS);
        } finally {
            logger.removeHandler(handler);
        }
        assertEquals(
                List.of("INFO " + old
                        + ": format 1 has no digests, so that damage to its numbers cannot be noticed; saved"
                        + " again, it gets them"),
                notes);
        assertEquals(SPEC, loaded.spec());
        assertEquals(11, loaded.seed());
        assertEquals(Map.of("step", 3L, "optimizerSteps", 3L, "best", Double.POSITIVE_INFINITY), loaded.progress());
        String tensors = "f8a5614075406bd5813abd19a49732afeb6c9e7ea4f56a096793f3464439305c";
        assertEquals(tensors, digest(loaded));
        assertEquals(tensors, digest(again));
    }

    /** Of all names and numbers: that of the first format's file was computed when it was written. */
    private static String digest(Checkpoint checkpoint) throws Exception {
        Map<String, Tensor> all = new TreeMap<>();
        checkpoint.parameters().forEach((name, tensor) -> all.put("model/" + name, tensor));
        checkpoint.optimizer().forEach((name, tensor) -> all.put("optimizer/" + name, tensor));
        checkpoint.carry().forEach((name, tensor) -> all.put("carry/" + name, tensor));
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        all.forEach((name, tensor) -> {
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            ByteBuffer bytes = ByteBuffer.allocate(4 * tensor.shape().size()).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(tensor.toFloats());
            digest.update(bytes);
        });
        return HexFormat.of().formatHex(digest.digest());
    }
}
