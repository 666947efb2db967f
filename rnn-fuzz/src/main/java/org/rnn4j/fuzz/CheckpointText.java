package org.rnn4j.fuzz;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.rnn4j.serialization.safetensors.SafetensorsReader;
import org.rnn4j.serialization.safetensors.SafetensorsWriter;

/**
 * A checkpoint as lines of text, which a fuzzer can change without breaking an offset or a digest: {@code @seed 7} is a string of the metadata,
 * {@code model/lstm.cell.b 16} a tensor of that shape.
 */
final class CheckpointText {
    private static final int MOST_NUMBERS = 1 << 12;
    private static final String DIGESTS = "sha256";
    private static final String OPEN = "0".repeat(64);

    private CheckpointText() {}

    /** The file of such a text; of lines that cannot be written, nothing. */
    static byte[] file(byte[] input) throws IOException, GeneralSecurityException {
        List<String> lines =
                new String(Stretch.of(input), StandardCharsets.UTF_8).lines().toList();
        Path file = Files.createTempFile("checkpoint", "");
        try {
            writer(lines).write(file);
            if (lines.stream().noneMatch(line -> line.startsWith("@" + DIGESTS + " "))) {
                seal(file, lines);
            }
            return Files.readAllBytes(file);
        } finally {
            Files.delete(file);
        }
    }

    private static SafetensorsWriter writer(List<String> lines) {
        SafetensorsWriter writer = new SafetensorsWriter();
        lines.forEach(line -> add(writer, line));
        return writer;
    }

    private static void add(SafetensorsWriter writer, String line) {
        String[] words = line.split(" ", 2);
        String rest = words.length < 2 ? "" : words[1];
        try {
            if (words[0].startsWith("@")) {
                writer.metadata(words[0].substring(1), rest);
                return;
            }
            int[] shape = rest.isEmpty()
                    ? new int[0]
                    : Arrays.stream(rest.split(" ")).mapToInt(Integer::parseInt).toArray();
            long size = Arrays.stream(shape).asLongStream().reduce(1, (a, b) -> a * b);
            if (size >= 0 && size <= MOST_NUMBERS) {
                float[] values = new float[(int) size];
                Arrays.fill(values, 0.5f);
                writer.add(words[0], values, shape);
            }
        } catch (IllegalArgumentException e) {
            // The writer refuses what a reader shall never see.
        }
    }

    /** With digests as a checkpoint has them: of the header, where its own are still zeros, and of each tensor in the order of the data. */
    private static void seal(Path file, List<String> lines) throws IOException, GeneralSecurityException {
        StringBuilder digests = new StringBuilder(OPEN);
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            for (String name : reader.entries().keySet()) {
                digests.append(' ').append(digest(reader.bytes(name)));
            }
        }
        writer(lines).metadata(DIGESTS, digests.toString()).write(file);
        byte[] bytes = Files.readAllBytes(file);
        int header = Long.BYTES
                + (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        String text = new String(bytes, 0, header, StandardCharsets.ISO_8859_1);
        int place = text.indexOf("\"" + DIGESTS + "\":\"" + digests) + DIGESTS.length() + 4;
        byte[] own = digest(Arrays.copyOf(bytes, header)).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(own, 0, bytes, place, own.length);
        Files.write(file, bytes);
    }

    private static String digest(byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
