package org.rnn4j.training.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.rnn4j.core.input.InputFile;

/**
 * One text in memory.
 *
 * @param name its name in error messages: a file, or another description of its source
 * @param text the whole text, not empty
 */
public record Corpus(String name, String text) {

    /** Virtual machines refuse the last few lengths of arrays below 2^31. */
    private static final int LARGEST = Integer.MAX_VALUE - 16;
    /** Bytes of heap for each byte of a file: itself, 2 of the characters, 2 of the text, and 1 because no heap can be filled. */
    private static final int HEAP_MULTIPLE = 6;

    /** The three contiguous parts of a corpus; the validation and the test part may be empty. */
    public record Parts(String train, String validation, String test) {}

    public Corpus {
        Objects.requireNonNull(name, "name");
        if (text.isEmpty()) {
            throw new IllegalArgumentException(name + ": empty corpus, expected text");
        }
    }

    /**
     * Reads a UTF-8 file; see {@link #read(InputStream, String)}.
     *
     * @throws IOException if it cannot be read, is not a regular file or is not UTF-8, or if this JVM's heap is too small for it
     */
    public static Corpus read(Path file) throws IOException {
        InputFile input = new InputFile(file, "a UTF-8 text file at " + file.toAbsolutePath());
        long heap = Runtime.getRuntime().maxMemory();
        long most = Math.min(LARGEST, heap / HEAP_MULTIPLE);
        if (input.size() > most) {
            throw new IOException(
                    file + " has " + input.size() + " bytes; expected a UTF-8 text file of at most " + most
                            + ": "
                            + (most == LARGEST
                                    ? "no Java array holds more"
                                    : "a text takes up to " + HEAP_MULTIPLE
                                            + " times its size while it is read, and the heap has " + heap
                                            + " bytes; a JVM option such as -Xmx8g makes it larger"));
        }
        return decode(input.bytes((int) most), file.toString());
    }

    /**
     * Reads UTF-8 text to the end of a stream, without closing it.
     *
     * <p>A byte-order mark is dropped, and {@code \r\n} becomes {@code \n}: line ends depend on the system, and a {@code \r} before each {@code \n}
     * is trivial to predict, so the bits per character of a text would depend on the system it was saved on. A single {@code \r} is kept.
     *
     * @param name the name of the text in error messages
     * @throws IOException if it cannot be read or is not UTF-8; the message gives the offset of the first wrong byte
     */
    public static Corpus read(InputStream in, String name) throws IOException {
        return decode(in.readAllBytes(), name);
    }

    private static Corpus decode(byte[] bytes, String name) throws IOException {
        // Not new String(bytes, UTF_8), which would put U+FFFD in place of every wrong byte and say nothing.
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length); // UTF-8 never has more chars than bytes
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            throw new IOException("%s: byte 0x%02X at offset %d is not UTF-8, which was expected"
                    .formatted(name, bytes[in.position()], in.position()));
        }
        String text = out.flip().toString();
        if (text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        return new Corpus(name, text.replace("\r\n", "\n"));
    }

    /** Returns the number of code points. */
    public int length() {
        return text.codePointCount(0, text.length());
    }

    /**
     * Cuts the text into contiguous parts, between code points; see {@link Split#contiguous}.
     *
     * @param train the training part's fraction of the code points, for example 0.9
     * @param validation the validation part's fraction, for example 0.05; the test part is the rest
     */
    public Parts split(double train, double validation) {
        Split split = Split.contiguous(length(), train, validation);
        return new Parts(part(split.train()), part(split.validation()), part(split.test()));
    }

    private String part(Span span) {
        int begin = text.offsetByCodePoints(0, span.from());
        return text.substring(begin, text.offsetByCodePoints(begin, span.length()));
    }

    /** Returns the name and the length, because a whole text is of no use in a log. */
    @Override
    public String toString() {
        return name + ", " + length() + " characters";
    }
}
