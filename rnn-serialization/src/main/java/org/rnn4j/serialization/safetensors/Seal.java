package org.rnn4j.serialization.safetensors;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The digests inside a checkpoint, which reveal a changed bit: SHA-256 of the header and of each tensor's bytes.
 *
 * <p>They are in the metadata {@code sha256} as hexadecimal digits separated by spaces: first the header's digest, then those of the tensors in the
 * order of their data. The header's digest is of all bytes before the data, as if its own 64 digits were zeros, so it also covers the names, the
 * other metadata and the digests of the tensors.
 *
 * <p>Cost: one pass of SHA-256 over the file. A checksum would take a fraction of that, but an attacker can make a changed file match it; a digest
 * that is published elsewhere, or signed, proves the file.
 *
 * @param file for messages
 * @param tensors the digests by the tensors' names
 */
public record Seal(Path file, Map<String, String> tensors) {
    /** The key of the metadata. */
    public static final String KEY = "sha256";

    private static final int DIGITS = 64;
    /** In place of a digest that is not known yet. */
    static final String OPEN = "0".repeat(DIGITS);

    /** The metadata of a file whose header is not written yet: its digest is still to be {@link #close filled in}. */
    static String open(List<String> tensors) {
        return tensors.isEmpty() ? OPEN : OPEN + " " + String.join(" ", tensors);
    }

    /**
     * Fills in the digest of a header.
     *
     * @param header all bytes before the data, with the metadata that {@link #open} gave; modified
     */
    public static void close(byte[] header, String metadata) {
        byte[] digest = digits(sha256().digest(header)).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digest, 0, header, place(header, metadata), DIGITS);
    }

    /**
     * The seal of a file, of which the header was found to be as it was written.
     *
     * @param header all bytes before the data; not modified
     * @throws SafetensorsException if it has no digests, or if its header is damaged
     */
    static Seal of(Path file, byte[] header, SafetensorsHeader parsed) throws SafetensorsException {
        String metadata = parsed.metadata().get(KEY);
        if (metadata == null) {
            throw new SafetensorsException(
                    file, "metadata '" + KEY + "' is missing; expected the digests of the header and of every tensor");
        }
        int place = place(header, metadata);
        String found = metadata.substring(0, Math.min(DIGITS, metadata.length()));
        String expected = place < 0 ? "" : headerDigest(header, place, found.length());
        if (!found.equals(expected)) {
            throw new SafetensorsException(
                    file,
                    "the header is damaged: its SHA-256 is " + start(expected) + ", but metadata '" + KEY + "' says "
                            + start(found));
        }
        long length = (DIGITS + 1L) * (parsed.entries().size() + 1) - 1;
        if (metadata.length() != length) {
            throw new SafetensorsException(
                    file,
                    "metadata '" + KEY + "' has " + metadata.length() + " characters; expected " + length
                            + ": a digest of the header and " + parsed.entries().size()
                            + " of tensors, with spaces between");
        }
        Map<String, String> tensors = new LinkedHashMap<>();
        for (String name : parsed.entries().keySet()) {
            int begin = (DIGITS + 1) * (tensors.size() + 1);
            tensors.put(name, metadata.substring(begin, begin + DIGITS));
        }
        return new Seal(file, tensors);
    }

    /** Refuses a tensor whose bytes have another digest than when it was written. */
    void check(String tensor, long bytes, MessageDigest digest) throws SafetensorsException {
        String found = digits(digest.digest());
        if (!found.equals(tensors.get(tensor))) {
            throw new SafetensorsException(
                    file,
                    "tensor " + SafetensorsException.quoted(tensor) + " is damaged: the SHA-256 of its " + bytes
                            + " bytes is " + start(found) + ", but the header says " + start(tensors.get(tensor)));
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256, which every Java must have", e);
        }
    }

    static String digits(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }

    private static String headerDigest(byte[] header, int place, int digits) {
        byte[] opened = header.clone();
        Arrays.fill(opened, place, place + digits, (byte) '0');
        return digits(sha256().digest(opened));
    }

    /** The position of the metadata in the header; below 0 if it is not there in this exact form. */
    private static int place(byte[] header, String metadata) {
        byte[] sought = ("\"" + KEY + "\":\"" + metadata + "\"").getBytes(StandardCharsets.UTF_8);
        ByteBuffer whole = ByteBuffer.wrap(sought);
        for (int i = 0; i + sought.length <= header.length; i++) {
            if (header[i] == '"' && ByteBuffer.wrap(header, i, sought.length).equals(whole)) {
                return i + KEY.length() + 4;
            }
        }
        return -1;
    }

    private static String start(String digits) {
        return SafetensorsException.quoted(digits.substring(0, Math.min(12, digits.length()))) + "...";
    }
}
