package org.rnn4j.serialization.safetensors;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files give a {@link SafetensorsException} or are still sound; nothing else, and at once. */
class SafetensorsDamageTest {
    @TempDir
    Path directory;

    private Path file;
    private byte[] sound;

    @BeforeEach
    void writeASoundFile() throws IOException {
        file = directory.resolve("model.safetensors");
        new SafetensorsWriter()
                .metadata("format", "1")
                .add("cell.wx", new float[] {1, 2, 3, 4, 5, 6}, 2, 3)
                .add("cell.b", new float[] {7, 8, 9}, 3)
                .add("step", new long[] {10})
                .add("half", Dtype.F16, new byte[4], 2)
                .add("flag", Dtype.BOOL, new byte[3], 3)
                .write(file);
        sound = Files.readAllBytes(file);
    }

    @Test
    void aFileCutAnywhereIsTruncatedAndSaysHowMuchIsMissing() throws IOException {
        int dataStart = dataStart();
        for (int length = 0; length < sound.length; length++) {
            write(Arrays.copyOf(sound, length));
            SafetensorsException failure = assertThrows(SafetensorsException.class, this::readEverything);
            String message = failure.getMessage();
            assertTrue(message.startsWith(file + ": truncated: "), message);
            int missing = (length < 8 ? 8 : length < dataStart ? dataStart : sound.length) - length;
            assertTrue(message.contains(": " + missing + " bytes missing"), length + ": " + message);
        }
    }

    @Test
    void aFlippedBitOfTheHeaderIsRefusedOrHarmless() {
        int[] refused = {0};
        int bits = dataStart() * 8;
        assertTimeoutPreemptively(ofSeconds(60), () -> {
            for (int bit = 0; bit < bits; bit++) {
                byte[] damaged = sound.clone();
                damaged[bit / 8] ^= (byte) (1 << bit % 8);
                refused[0] += read(damaged);
            }
        });
        // Letters of names and of metadata are the reader's user's to check, and a type can become another of its size.
        assertTrue(refused[0] > bits / 2, refused[0] + " of " + bits);
        assertNotEquals(bits, refused[0]);
    }

    @Test
    void randomDamageIsRefusedOrHarmless() {
        Random random = new Random(17);
        String json = "{}[]\",:0123456789-e. \\u";
        assertTimeoutPreemptively(ofSeconds(60), () -> {
            int refused = 0;
            for (int i = 0; i < 5_000; i++) {
                byte[] damaged = sound.clone();
                for (int n = 1 + random.nextInt(4); n > 0; n--) {
                    int at = random.nextInt(dataStart());
                    damaged[at] = (byte)
                            (random.nextBoolean() ? json.charAt(random.nextInt(json.length())) : random.nextInt());
                }
                refused += read(damaged);
            }
            assertTrue(refused > 2_500, refused + " of 5000");
        });
    }

    @Test
    void aNestedHeaderDoesNotOverflowTheStack() throws IOException {
        assertEquals(1, read(content("{\"w\":" + "[".repeat(1_000_000))));
    }

    /** The JSON library refuses some of these itself, in words of its version; the reader refuses the rest. */
    @Test
    void halfASurrogatePairIsNoName() throws IOException {
        for (String name : List.of("\\ud800", "\\udc00", "\\ud800\\ud800", "a\\udfffb")) {
            assertEquals(
                    1,
                    read(content("{\"" + name + "\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}")),
                    name);
        }
        assertEquals(0, read(content("{\"\\ud83d\\ude00\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}")));
    }

    private static byte[] content(String header) {
        byte[] json = header.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(8 + json.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .array();
    }

    private int dataStart() {
        return 8 + (int) ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    /**
     * Replaces the file by a new one, because some file systems flush a file that is cut to nothing and written again.
     */
    private void write(byte[] content) throws IOException {
        Files.delete(file);
        Files.write(file, content);
    }

    /** Returns 1 if the file was refused, 0 if it could be read whole; anything else is thrown. */
    private int read(byte[] content) throws IOException {
        write(content);
        try {
            readEverything();
            return 0;
        } catch (SafetensorsException e) {
            assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
            assertTrue(e.getMessage().length() < file.toString().length() + 500, e.getMessage());
            return 1;
        }
    }

    private void readEverything() throws IOException {
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            long total = 0;
            for (SafetensorsEntry entry : reader.entries().values()) {
                total += reader.bytes(entry.name()).length;
                switch (entry.dtype()) {
                    case F32, F16, BF16 -> reader.floats(entry.name());
                    case F64 -> reader.doubles(entry.name());
                    case BOOL, U8, I8, U16, I16, U32, I32, U64, I64 -> reader.longs(entry.name());
                    default -> assertTrue(entry.dtype().bits() <= 64);
                }
            }
            assertTrue(total < sound.length);
        }
    }
}
