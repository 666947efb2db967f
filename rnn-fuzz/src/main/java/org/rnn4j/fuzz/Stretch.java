package org.rnn4j.fuzz;

import java.io.ByteArrayOutputStream;

/**
 * Lets a short input stand for a long file, so that what takes the square of a length is found although a fuzzer prefers short inputs: the byte
 * {@code 0xFF}, which no text in UTF-8 has, and two bytes e and l say that the l bytes before them come 2^e times in all.
 */
final class Stretch {
    /** Long enough for a second where the square of the length is taken, short enough for a thousand inputs a second where it is not. */
    static final int LONGEST = 1 << 16;

    private static final int MARK = 0xFF;

    private Stretch() {}

    /** The bytes that an input stands for. */
    static byte[] of(byte[] input) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(input.length);
        for (int i = 0; i < input.length; i++) {
            if ((input[i] & 0xFF) != MARK || i + 2 >= input.length) {
                out.write(input[i]);
                continue;
            }
            byte[] before = out.toByteArray();
            int length = Math.min(input[i + 2] & 0xFF, before.length);
            long times = (1L << (input[i + 1] & 0xF)) - 1;
            for (long n = 0; n < times && out.size() + length <= LONGEST; n++) {
                out.write(before, before.length - length, length);
            }
            i += 2;
        }
        return out.toByteArray();
    }
}
