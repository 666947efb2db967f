package org.rnn4j.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A safetensors file of a header alone: the length comes in front, and behind it as much data as the header asks for, within reason. */
final class SafetensorsText {
    private static final Pattern END = Pattern.compile(",\\s*(\\d{1,5})\\s*\\]");

    private SafetensorsText() {}

    /** The file of a header. */
    static byte[] file(byte[] input) {
        byte[] header = Stretch.of(input);
        int data = 0;
        Matcher ends = END.matcher(new String(header, StandardCharsets.ISO_8859_1));
        while (ends.find()) {
            data = Math.max(data, Integer.parseInt(ends.group(1)));
        }
        byte[] file = ByteBuffer.allocate(Long.BYTES + header.length + data)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .array();
        for (int i = Long.BYTES + header.length; i < file.length; i++) {
            file[i] = (byte) i;
        }
        return file;
    }
}
