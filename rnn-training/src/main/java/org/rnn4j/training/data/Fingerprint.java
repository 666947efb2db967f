package org.rnn4j.training.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A hash of data and of how it is split, for {@link org.rnn4j.training.DataSet#fingerprint}: the first 16 hexadecimal digits of the SHA-256 of
 * everything added, each with its length before it.
 *
 * <pre>{@code
 * String fingerprint = new Fingerprint().add("text").add(ids).add(rows, steps).digits();
 * }</pre>
 */
public final class Fingerprint {
    private final MessageDigest digest;

    /** Of no data yet. */
    public Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256, which every Java must have", e);
        }
    }

    /** Adds a text. */
    public Fingerprint add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        digest.update(bytes);
        return this;
    }

    /** Adds numbers; not modified. */
    public Fingerprint add(long... numbers) {
        number(numbers.length);
        for (long number : numbers) {
            number(number);
        }
        return this;
    }

    /** Adds ids; not modified. */
    public Fingerprint add(int[] ids) {
        number(ids.length);
        for (int id : ids) {
            number(id);
        }
        return this;
    }

    /** Adds numbers, bit by bit; not modified. */
    public Fingerprint add(double[] numbers) {
        number(numbers.length);
        for (double number : numbers) {
            number(Double.doubleToLongBits(number));
        }
        return this;
    }

    private void number(long number) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            digest.update((byte) (number >>> shift));
        }
    }

    /** The digits; nothing can be added afterwards. */
    public String digits() {
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }
}
